package dev.headway.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.headway.trainer.config.OptimizerSettings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The AdamW optimizer (Loshchilov and Hutter, arxiv.org/abs/1711.05101) with moments that can be saved.
 *
 * <p>For a weight w with gradient g, at step t:
 *
 * <pre>
 * m = β₁m + (1-β₁)g      v = β₂v + (1-β₂)g²
 * w = w - lr·decay·w - lr · (m / (1-β₁ᵗ)) / (√(v / (1-β₂ᵗ)) + ε)
 * </pre>
 *
 * <p>Only matrices decay: pulling the scales of the norms towards zero would fight what they are for. Before that, all
 * gradients together are cut to a longest length, so that one odd batch cannot throw the weights far off.
 *
 * <p>The engine's fused update wants the corrections in another place: lr·√(1-β₂ᵗ)/(1-β₁ᵗ) for the rate and ε·√(1-β₂ᵗ)
 * for ε, which is the same formula with the fraction expanded by √(1-β₂ᵗ).
 *
 * <p>Owns the moments; not for more than one thread.
 */
public final class AdamW implements AutoCloseable {
    /** The engine clamps gradients from above by this; only a negative number means "do not". */
    private static final float NO_CLAMP = -1;

    /**
     * A weight with what the optimizer remembers of its gradients.
     *
     * @param weight what is moved
     * @param mean the running mean of the gradient
     * @param square the running mean of its square
     */
    private record Parameter(NDArray weight, NDArray mean, NDArray square) {}

    private final OptimizerSettings settings;
    private final NDManager manager;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    /** Makes an optimizer for the weights, with moments of zero, in a manager below {@code parent}. */
    public AdamW(OptimizerSettings settings, Map<String, NDArray> weights, NDManager parent) {
        this.settings = settings;
        this.manager = parent.newSubManager();
        weights.forEach((name, weight) -> parameters.put(name, parameter(weight)));
    }

    private Parameter parameter(NDArray weight) {
        return new Parameter(weight, manager.zeros(weight.getShape()), manager.zeros(weight.getShape()));
    }

    /** Returns the running means of the gradients by the names of the weights. */
    public Map<String, NDArray> means() {
        return each(Parameter::mean);
    }

    /** Returns the running means of the squared gradients by the names of the weights. */
    public Map<String, NDArray> squares() {
        return each(Parameter::square);
    }

    private Map<String, NDArray> each(Function<Parameter, NDArray> part) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> arrays.put(name, part.apply(parameter)));
        return arrays;
    }

    /**
     * Moves the weights by the gradients they hold and sets those to zero.
     *
     * @param step the number of this step, from 1
     * @param rateShare the learning rate as a share of the highest
     * @return the length of all gradients together before it was cut; when it is not finite, nothing has moved
     */
    public double step(long step, double rateShare) {
        try (NDManager scratch = manager.newSubManager()) {
            List<NDArray> gradients = gradients(scratch);
            double norm = norm(gradients);
            if (Double.isFinite(norm)) move(gradients, new Corrected(settings, (double) step, rateShare, cut(norm)));
            return norm;
        }
    }

    /** The engine hands out a new handle at every call, in the manager of the weight, where it would stay. */
    private List<NDArray> gradients(NDManager scratch) {
        List<NDArray> gradients = new ArrayList<>();
        for (Parameter parameter : parameters.values()) {
            NDArray gradient = parameter.weight().getGradient();
            gradient.attach(scratch);
            gradients.add(gradient);
        }
        return gradients;
    }

    private static double norm(List<NDArray> gradients) {
        NDList norms = new NDList();
        gradients.forEach(gradient -> norms.add(gradient.norm()));
        return NDArrays.stack(norms).norm().getFloat();
    }

    private double cut(double norm) {
        double longest = settings.maxGradientNorm();
        return longest == 0 || norm <= longest ? 1 : longest / norm;
    }

    private void move(List<NDArray> gradients, Corrected numbers) {
        Iterator<NDArray> gradient = gradients.iterator();
        for (Parameter parameter : parameters.values()) move(parameter, gradient.next(), numbers);
    }

    private void move(Parameter parameter, NDArray gradient, Corrected numbers) {
        NDArray weight = parameter.weight();
        boolean isMatrix = weight.getShape().dimension() > 1;
        weight.getNDArrayInternal()
                .adamUpdate(
                        new NDList(weight, gradient, parameter.mean(), parameter.square()),
                        new NDList(weight),
                        numbers.rate,
                        numbers.correctedRate,
                        isMatrix ? (float) settings.weightDecay() : 0,
                        numbers.scale,
                        NO_CLAMP,
                        (float) settings.beta1(),
                        (float) settings.beta2(),
                        numbers.correctedEpsilon,
                        false,
                        true);
    }

    @Override
    public void close() {
        manager.close();
    }

    /** The numbers of one step, in the form the engine wants. */
    private static final class Corrected {
        private final float rate;
        private final float correctedRate;
        private final float correctedEpsilon;
        private final float scale;

        Corrected(OptimizerSettings settings, double step, double rateShare, double scale) {
            double wholeRate = settings.learningRate() * rateShare;
            double correction = Math.sqrt(1 - Math.pow(settings.beta2(), step));
            this.rate = (float) wholeRate;
            this.correctedRate = (float) (wholeRate * correction / (1 - Math.pow(settings.beta1(), step)));
            this.correctedEpsilon = (float) (settings.epsilon() * correction);
            this.scale = (float) scale;
        }
    }
}
