package dev.headway.limiter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an owner wants to happen around the decisions of a limiter, gathered while it is built. Not for sharing between threads. */
final class LayerPlan {
    private Optional<Penalty> penalty = Optional.empty();
    private Optional<StoreFailurePolicy> storeFailurePolicy = Optional.empty();
    private boolean shadow;
    private final List<DecisionListener> listeners = new ArrayList<>();

    void penalise(Penalty newPenalty) {
        penalty = Optional.of(newPenalty);
    }

    void onStoreFailure(StoreFailurePolicy newPolicy) {
        storeFailurePolicy = Optional.of(newPolicy);
    }

    void shadow() {
        shadow = true;
    }

    void tell(DecisionListener listener) {
        listeners.add(listener);
    }

    /** Returns the layers for a limiter of the name, the innermost first; none if nothing was asked for. */
    List<Layer> layers(String name, LimitStore store) {
        List<Layer> layers = new ArrayList<>();
        penalty.ifPresent(asked -> layers.add(new PenaltyLayer(name, asked, store)));
        if (policy() != StoreFailurePolicy.THROW) {
            layers.add(new StoreFailureLayer(policy() == StoreFailurePolicy.ALLOW));
        }
        if (shadow) {
            layers.add(new ShadowLayer());
        }
        if (!listeners.isEmpty()) {
            layers.add(new ReportingLayer(name, listeners));
        }
        return List.copyOf(layers);
    }

    private StoreFailurePolicy policy() {
        return storeFailurePolicy.orElse(shadow ? StoreFailurePolicy.ALLOW : StoreFailurePolicy.THROW);
    }
}
