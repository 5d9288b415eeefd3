package dev.headway.benchmarks.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Those who are measured do what they are measured for, and whoever gets no answer is not measured. */
final class EntrantTest {

    private static final int ATTEMPTS = 100;
    private static final Duration SHORT = Duration.ofMillis(50);

    private OwnRedis redis;

    @BeforeEach
    void start() {
        redis = OwnRedis.start();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void allLimitersAdmitTenOfAKeyAndNoMore() {
        for (Entrant entrant : Entrant.all(redis.uri())) {
            if (entrant.workloads().contains(Workload.REFUSE)) {
                redis.empty();
                try (Asker asker = entrant.opener().apply(Workload.REFUSE)) {
                    long admitted = IntStream.range(0, 10)
                            .filter(request -> asker.tryAcquire(7))
                            .count();
                    long more = IntStream.range(0, 10)
                            .filter(request -> asker.tryAcquireAsync(7)
                                    .toCompletableFuture()
                                    .join())
                            .count();

                    assertThat(admitted).as(entrant.name()).isEqualTo(10);
                    assertThat(more).as(entrant.name()).isZero();
                }
            }
        }
    }

    @Test
    void callersOfEitherFormGetAnswersAndEnd() {
        for (Entrant entrant : Entrant.all(redis.uri())) {
            for (Form form : Form.values()) {
                try (Asker asker = entrant.opener().apply(Workload.ADMIT)) {
                    assertThat(firstRate(asker, form).admitted())
                            .as(entrant.name() + ", " + form)
                            .isGreaterThan(0.99);
                }
            }
        }
    }

    /** Measures until an answer falls into a measurement, which on a busy machine it may not. */
    private static Rate firstRate(Asker asker, Form form) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Rate rate = Callers.measure(asker, Workload.ADMIT.keys(), form, SHORT, SHORT);
            if (rate.perSecond() > 0) {
                return rate;
            }
        }
        throw new AssertionError("no answer in " + ATTEMPTS + " measurements");
    }

    @Test
    void aCallerWithoutAnAnswerEndsTheMeasurement() {
        Asker broken = new Asker() {
            @Override
            public boolean tryAcquire(int key) {
                throw new IllegalStateException("the connection broke");
            }

            @Override
            public CompletionStage<Boolean> tryAcquireAsync(int key) {
                return CompletableFuture.failedFuture(new IllegalStateException("the connection broke"));
            }

            @Override
            public void close() {}
        };

        for (Form form : Form.values()) {
            assertThatThrownBy(() -> Callers.measure(broken, 100, form, SHORT, SHORT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a caller got no answer: the connection broke");
        }
    }
}
