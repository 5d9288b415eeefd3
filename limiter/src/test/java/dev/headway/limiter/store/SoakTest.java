package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Many threads on few keys, in a time that goes on by the requests themselves: no window ever holds more than it may. Threads do not share it. */
class SoakTest {
    private static final int THREADS = 2 * Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final int REQUESTS = 50_000;
    private static final int PERMITS = 20;
    private static final long MILLISECOND = 1_000_000;
    private static final long WINDOW = 1000 * MILLISECOND;

    private final AtomicLong time = new AtomicLong();

    /** An admission: it happened at some moment between the two. */
    private record Admission(int key, long notBefore, long notAfter) {}

    @Test
    void neverLetsAWindowHoldMoreThanItMay() throws InterruptedException, ExecutionException {
        List<Admission> admissions =
                soak(MemoryStore.builder().ticker(time::get).build(), 8);

        assertThat(admissions).hasSizeGreaterThan(PERMITS * 8);
        assertNeverMoreThan(PERMITS, admissions);
    }

    @Test
    void neverLetsAWindowHoldMoreWhileSegmentsSplitAndDeadKeysMakeRoom()
            throws InterruptedException, ExecutionException {
        MemoryStore store = MemoryStore.builder()
                .ticker(time::get)
                .maxKeys(300)
                .table(KeyHash.random(), new TableShape(1, 4))
                .build();

        List<Admission> admissions = soak(store, 5000);

        assertThat(store.statistics().keys()).isLessThanOrEqualTo(300);
        assertNeverMoreThan(PERMITS, admissions);
    }

    private List<Admission> soak(MemoryStore store, int keys) throws InterruptedException, ExecutionException {
        RateLimiter limiter = RateLimiter.builder()
                .name("soak")
                .limits(Limit.of(PERMITS, Unit.SECOND))
                .store(store)
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<List<Admission>>> clients = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                SplittableRandom random = new SplittableRandom(i);
                clients.add(() -> client(limiter, random, keys));
            }
            List<Admission> all = new ArrayList<>();
            for (Future<List<Admission>> client : threads.invokeAll(clients)) {
                all.addAll(client.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Admission> client(RateLimiter limiter, SplittableRandom random, int keys) {
        List<Admission> admissions = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            int key = random.nextInt(keys);
            long notBefore = time.addAndGet(MILLISECOND / 2);
            if (limiter.tryAcquire(key, 0, 1).allowed()) {
                admissions.add(new Admission(key, notBefore, time.get()));
            }
        }
        return admissions;
    }

    private static void assertNeverMoreThan(int permits, List<Admission> admissions) {
        admissions.stream()
                .collect(Collectors.groupingBy(Admission::key))
                .values()
                .forEach(ofKey -> {
                    ofKey.sort(Comparator.comparingLong(Admission::notBefore));
                    for (int i = 0; i + permits < ofKey.size(); i++) {
                        List<Admission> tooMany = ofKey.subList(i, i + permits + 1);
                        long last = tooMany.stream()
                                .mapToLong(Admission::notAfter)
                                .max()
                                .orElseThrow();
                        assertThat(last - tooMany.get(0).notBefore())
                                .as("from the first to the last of %d admissions of one key", permits + 1)
                                .isGreaterThanOrEqualTo(WINDOW);
                    }
                });
    }
}
