package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.Unit;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Many threads try, reserve and give up on one key, all at one moment and then all at the next: those who were let go, now or later, are
 * never more than the limit in any window. Threads do not share it.
 */
class WaitingSoakTest {
    private static final int THREADS = 4;
    private static final int MOMENTS = 150;
    private static final int REQUESTS = 20;
    private static final int PERMITS = 20;
    private static final Key KEY = Key.of("key");

    private final ManualTicker ticker = new ManualTicker();
    private final LimitSpace space = MemoryStore.builder()
            .ticker(ticker)
            .build()
            .open(new Terms("soak", Algorithm.SLIDING_WINDOW, List.of(Limit.of(PERMITS, Unit.SECOND))));

    /** Permits with which somebody goes at a time. */
    private record Going(long nanos, Decision.Allowed allowed) {}

    @Test
    void neverLetsMoreGoThanTheLimitHoweverManyWaitAndGiveUp() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Long> going = new ArrayList<>();
        try {
            for (int moment = 0; moment < MOMENTS; moment++) {
                ticker.advance(Duration.ofMillis(100));
                for (Future<List<Long>> client : threads.invokeAll(clients(moment))) {
                    going.addAll(client.get());
                }
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(going).hasSizeGreaterThan(MOMENTS);
        going.sort(null);
        for (int k = PERMITS; k < going.size(); k++) {
            assertThat(going.get(k) - going.get(k - PERMITS)).isGreaterThanOrEqualTo(1_000_000_000);
        }
    }

    private List<Callable<List<Long>>> clients(int moment) {
        List<Callable<List<Long>>> clients = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SplittableRandom random = new SplittableRandom(31L * moment + i);
            clients.add(() -> client(random));
        }
        return clients;
    }

    /** Returns when those go who have not given up. */
    private List<Long> client(SplittableRandom random) {
        List<Going> going = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            long maxWait = random.nextLong(5) == 0 ? 0 : random.nextLong(2_000_000_000);
            Decision decision = random.nextBoolean() ? space.tryAcquire("key", 1) : space.reserve(KEY, 1, maxWait);
            if (decision instanceof Decision.Allowed allowed) {
                going.add(new Going(ticker.nanos() + allowed.waitNanos(), allowed));
            }
            if (random.nextInt(3) == 0 && !going.isEmpty()) {
                assertThat(going.remove(random.nextInt(going.size())).allowed().refund())
                        .isTrue();
            }
        }
        return going.stream().map(Going::nanos).toList();
    }
}
