package dev.headway.limiter.store;

import dev.headway.limiter.Decision;
import dev.headway.limiter.JointDecision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.Receipt;
import dev.headway.limiter.Unit;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/** A limiter on a small store that answers in the words of {@link NaiveLimiter}. Safe to share between threads. */
final class LincheckedLimiter {

    /** How hard to look: 1 in every build, more with {@code -Dheadway.lincheck.effort=10}. */
    private static final int EFFORT = Integer.getInteger("headway.lincheck.effort", 1);

    private static final Set<String> PURE = Set.of(
            "SipHash",
            "SipHash$State",
            "Identity",
            "Identity$Keeper",
            "KeyHash",
            "TickScale",
            "Windows",
            "RecordSizes",
            "Usage",
            "Limit",
            "Terms",
            "WaitingLine", // shared, but asked and changed under one lock
            "Words");

    private final ManualTicker ticker = new ManualTicker();
    private final int seconds;
    private final RateLimiter limiter;

    LincheckedLimiter(int permits, int seconds, int maxKeys, int segmentRecords) {
        this.seconds = seconds;
        this.limiter = RateLimiter.builder()
                .name("linchecked")
                .limits(new Limit(permits, seconds, Unit.SECOND))
                .store(MemoryStore.builder()
                        .maxKeys(maxKeys)
                        .ticker(ticker)
                        .table(Places.FIXED, new TableShape(1, segmentRecords))
                        .build())
                .build();
    }

    /**
     * Returns how the tests explore: few small scenarios, many interleavings each. Classes without any state that threads share need
     * no switch inside.
     */
    static ModelCheckingOptions options() {
        return new ModelCheckingOptions()
                .iterations(EFFORT)
                .invocationsPerIteration(50 * EFFORT)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(0)
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(LincheckedLimiter::isPure)
                        .allMethods()
                        .ignore());
    }

    private static boolean isPure(String className) {
        return PURE.contains(className.substring(className.lastIndexOf('.') + 1));
    }

    String acquire(int key, int wanted) {
        Decision decision = limiter.tryAcquire(key, key, wanted);
        if (decision instanceof Decision.Refused refused) {
            return refused.cause() == Decision.Cause.STORE_FULL
                    ? "full"
                    : "wait " + refused.retryAfter().toSeconds();
        }
        if (decision instanceof Decision.NeverPossible) {
            return "never";
        }
        return "left " + decision.usages().get(0).remaining();
    }

    String acquireAll(int one, int other) {
        JointDecision decision = RateLimiter.tryAcquireAll(
                List.of(limiter.claim(Key.of(one, one), 1), limiter.claim(Key.of(other, other), 1)));
        return decision.allowed()
                ? "all"
                : "wait " + Duration.ofNanos(decision.retryAfterNanos()).toSeconds();
    }

    /** Takes a permit, which is there. */
    Receipt take(int key) {
        return ((Decision.Allowed) limiter.tryAcquire(key, key, 1)).receipt();
    }

    String reserve(int key) {
        Decision.Allowed reserved = (Decision.Allowed) limiter.reserve(Key.of(key, key), 1, Duration.ofHours(1));
        return "go in " + reserved.waitTime().toSeconds();
    }

    void changeTo(int permits) {
        limiter.changeLimits(List.of(new Limit(permits, seconds, Unit.SECOND)));
    }

    void reset(int key) {
        limiter.reset(Key.of(key, key));
    }

    void advance() {
        ticker.advance(Duration.ofSeconds(1));
    }
}
