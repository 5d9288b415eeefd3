package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * Claims about the virtual threads of newer Java machines. They are many more than the threads that carry them, so a wait that did not
 * let go of its carrier would never see the last of them come. Threads do not share it.
 */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads came with Java 21")
class VirtualThreadsTest {
    private static final int THREADS = 1000;
    private static final int PER_SECOND = 10;
    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private final ManualTicker ticker = new ManualTicker();
    private final RateLimiter limiter = RateLimiter.builder()
            .name("virtual")
            .limits(Limit.of(PER_SECOND, Unit.SECOND))
            .store(MemoryStore.builder().ticker(ticker).build())
            .sleeper(new ParkingSleeper(ticker))
            .build();
    private final ExecutorService executor;
    private final List<Future<Boolean>> asked = new ArrayList<>();
    private final List<Thread> came = new CopyOnWriteArrayList<>();
    private final List<Integer> gone = new CopyOnWriteArrayList<>();

    VirtualThreadsTest() throws ReflectiveOperationException {
        executor = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    @AfterEach
    void interruptWhoIsLeft() {
        executor.shutdownNow();
    }

    @Test
    void goInTheOrderInWhichTheyCameThoughAThousandWait() throws InterruptedException, ExecutionException {
        for (int number = 0; number < THREADS; number++) {
            come(number);
        }
        assertThat(gone).hasSize(PER_SECOND);

        for (int let = PER_SECOND; let < THREADS; let += PER_SECOND) {
            ticker.advance(Duration.ofSeconds(1));
            came.forEach(LockSupport::unpark);
            int due = let + PER_SECOND;
            await(() -> gone.size() >= due);
        }

        for (int first = 0; first < THREADS; first += PER_SECOND) {
            assertThat(gone.subList(first, first + PER_SECOND))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(first, first + PER_SECOND).boxed().toList());
        }
        for (Future<Boolean> one : asked) {
            assertThat(one.get()).isTrue();
        }
    }

    /** Lets a thread ask, and returns when it has gone or waits for its time. */
    private void come(int number) {
        asked.add(executor.submit(() -> {
            came.add(Thread.currentThread());
            boolean allowed = limiter.acquire("key", 1, Duration.ofHours(1)).allowed();
            gone.add(number);
            return allowed;
        }));
        await(() -> gone.contains(number) || (came.size() > number && isWaiting(came.get(number))));
    }

    private static boolean isWaiting(Thread thread) {
        return LockSupport.getBlocker(thread) instanceof ParkingSleeper;
    }

    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as("nanoseconds waited").isLessThan(PATIENCE_NANOS);
            LockSupport.parkNanos(100_000);
        }
    }
}
