package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.store.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads that want in where few may be: they count each other inside. Threads do not share it. */
class ConcurrencySoakTest {
    private static final int THREADS = 16;
    private static final int ENTRIES = 500;
    private static final int KEYS = 2;

    private final AtomicInteger[] inside =
            IntStream.range(0, KEYS).mapToObj(key -> new AtomicInteger()).toArray(AtomicInteger[]::new);
    private final AtomicInteger mostSeen = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void neverLetsMoreInThanMayBe(int most) throws InterruptedException, ExecutionException {
        ConcurrencyLimiter limiter = ConcurrencyLimiter.builder()
                .name("soak")
                .atMost(most)
                .leakedExpireAfter(Duration.ofHours(1))
                .store(MemoryStore.builder().build())
                .build();

        int entered = enterFromManyThreads(limiter);

        assertThat(entered).isEqualTo(THREADS * ENTRIES);
        assertThat(mostSeen.get()).isEqualTo(most);
        for (int key = 0; key < KEYS; key++) {
            assertThat(limiter.inside(Key.of(key, 0))).isZero();
        }
    }

    private int enterFromManyThreads(ConcurrencyLimiter limiter) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Integer>> guests = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int key = i % KEYS;
                guests.add(() -> enterOften(limiter, key));
            }
            int entered = 0;
            for (Future<Integer> guest : threads.invokeAll(guests)) {
                entered += guest.get();
            }
            return entered;
        } finally {
            threads.shutdownNow();
        }
    }

    private int enterOften(ConcurrencyLimiter limiter, int key) {
        int entered = 0;
        while (entered < ENTRIES) {
            Optional<Permit> permit = limiter.tryAcquire(Key.of(key, 0));
            if (permit.isPresent()) {
                stay(permit.get(), inside[key]);
                entered++;
            } else {
                LockSupport.parkNanos(1);
            }
        }
        return entered;
    }

    private void stay(Permit permit, AtomicInteger here) {
        try (permit) {
            mostSeen.accumulateAndGet(here.incrementAndGet(), Math::max);
            LockSupport.parkNanos(1);
            here.decrementAndGet();
        }
    }
}
