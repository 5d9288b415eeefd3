package dev.headway.server.fresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class RefreshedTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private int found;

    private final Refreshed<Integer> value =
            new Refreshed<>(() -> ++found, 0, Duration.ofSeconds(1), ticker, tasks::add);

    @Test
    void isFoundOutOnceForAllWhoAskMeanwhile() {
        CompletableFuture<Integer> first = value.get();
        CompletableFuture<Integer> second = value.get();
        assertThat(first).isNotDone();
        assertThat(tasks).hasSize(1);

        tasks.remove().run();

        assertThat(first).isCompletedWithValue(1);
        assertThat(second).isCompletedWithValue(1);
    }

    @Test
    void isGivenAtOnceWhileItIsFreshAndFoundOutAnewAfterwards() {
        assertThat(value.get()).isNotDone();
        tasks.remove().run();

        ticker.advance(Duration.ofMillis(999));
        assertThat(value.get()).isCompletedWithValue(1);
        assertThat(tasks).isEmpty();

        ticker.advance(Duration.ofMillis(1));
        assertThat(value.get()).isNotDone();
        tasks.remove().run();
        assertThat(value.get()).isCompletedWithValue(2);
    }

    @Test
    void remembersTheLastValueWhileTheNextIsFoundOut() {
        assertThat(value.last()).isZero();
        tasks.remove().run();
        assertThat(value.last()).isEqualTo(1);

        ticker.advance(Duration.ofSeconds(1));

        assertThat(value.last()).isEqualTo(1);
        assertThat(tasks).hasSize(1);
    }

    @Test
    void keepsTheLastValueWhenItCannotBeFoundOutAndTriesAgainLater() {
        int[] calls = {0};
        Refreshed<String> broken = new Refreshed<>(
                () -> {
                    calls[0]++;
                    throw new IllegalStateException("no");
                },
                "last",
                Duration.ofSeconds(1),
                ticker,
                tasks::add);

        CompletableFuture<String> asked = broken.get();
        tasks.remove().run();

        assertThat(asked).isCompletedWithValue("last");
        assertThat(broken.last()).isEqualTo("last");
        assertThat(calls[0]).isEqualTo(1);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(broken.last()).isEqualTo("last");
        tasks.remove().run();
        assertThat(calls[0]).isEqualTo(2);
    }

    @Test
    void givesTheLastValueWhenNobodyCanFindItOutAnyMore() {
        Refreshed<String> closed = new Refreshed<>(() -> "new", "last", Duration.ofSeconds(1), ticker, task -> {
            throw new RejectedExecutionException("closed");
        });

        assertThat(closed.get()).isCompletedWithValue("last");
    }
}
