package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims about who hears what a limiter decides. Threads do not share it. */
class DecisionListenerTest {
    private final MemoryStore store =
            MemoryStore.builder().ticker(new ManualTicker()).build();
    private final List<Heard> heard = new ArrayList<>();

    /** What a listener was told. */
    private record Heard(String limiter, Key key, int permits, Decision decision) {}

    @Test
    void hearsEveryDecisionAsTheCallerGetsIt() {
        RateLimiter limiter = builder().listener(this::hear).build();

        List<Decision> answers = List.of(
                limiter.tryAcquire("alice", 2),
                limiter.tryAcquire("alice", 1),
                limiter.tryAcquire(1, 2, 2),
                limiter.tryAcquire("alice", 4));

        assertThat(heard).extracting(Heard::decision).isEqualTo(answers);
        assertThat(heard).extracting(Heard::limiter).containsOnly("one");
        assertThat(heard).extracting(Heard::permits).containsExactly(2, 1, 2, 4);
        assertThat(heard)
                .extracting(Heard::key)
                .containsExactly(Key.of("alice"), Key.of("alice"), Key.of(1, 2), Key.of("alice"));
    }

    @Test
    void hearsPrimitiveAnswersToo() {
        RateLimiter limiter = builder().listener(this::hear).build();

        limiter.tryAcquireNanos("alice", 2);
        limiter.tryAcquireNanos(1, 2, 1);

        assertThat(heard).hasSize(2);
    }

    @Test
    void hearsNothingOfPeekingNorOfForgetting() {
        RateLimiter limiter = builder().listener(this::hear).build();

        limiter.peek("alice", 1);
        limiter.reset("alice");

        assertThat(heard).isEmpty();
    }

    @Test
    void hearsTheShadowedAnswer() {
        RateLimiter limiter = builder().listener(this::hear).shadow().build();

        limiter.tryAcquire("alice", 4);

        assertThat(heard.get(0).decision()).isInstanceOf(Decision.Shadowed.class);
    }

    @Test
    void tellsListenersInTheOrderInWhichTheyWereAdded() {
        List<String> order = new ArrayList<>();
        RateLimiter limiter = builder()
                .listener((name, key, permits, decision) -> order.add("first"))
                .listener((name, key, permits, decision) -> order.add("second"))
                .build();

        limiter.tryAcquire("alice");

        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void handsTheExceptionOfAListenerToTheThreadAndTheDecisionToTheCaller() throws InterruptedException {
        IllegalStateException fault = new IllegalStateException("out of paper");
        RateLimiter limiter = builder()
                .listener((name, key, permits, decision) -> {
                    throw fault;
                })
                .listener(this::hear)
                .build();
        List<Throwable> uncaught = new ArrayList<>();
        List<Decision> answers = new ArrayList<>();

        Thread caller = new Thread(() -> answers.add(limiter.tryAcquire("alice")));
        caller.setUncaughtExceptionHandler((thread, exception) -> {
            uncaught.add(exception);
            throw new IllegalStateException("and out of ink");
        });
        caller.start();
        caller.join();

        assertThat(uncaught).containsExactly(fault);
        assertThat(answers).hasSize(1).allSatisfy(answer -> assertThat(answer).isInstanceOf(Decision.Allowed.class));
        assertThat(heard).hasSize(1);
    }

    @Test
    void throwsTheErrorsOfAListener() {
        RateLimiter limiter = builder()
                .listener((name, key, permits, decision) -> {
                    throw new AssertionError("broken");
                })
                .build();

        assertThatThrownBy(() -> limiter.tryAcquire("alice")).isInstanceOf(AssertionError.class);
    }

    private void hear(String limiter, Key key, int permits, Decision decision) {
        heard.add(new Heard(limiter, key, permits, decision));
    }

    private RateLimiter.Builder builder() {
        return RateLimiter.builder()
                .name("one")
                .limits(Limit.of(2, Unit.MINUTE))
                .store(store);
    }
}
