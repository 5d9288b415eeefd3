package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Claims about the lock that readers need not take. Threads do not share it. */
class VersionLockTest {
    private static final int THREADS = 4;
    private static final int TIMES = 20_000;

    private final VersionLock lock = new VersionLock();

    /** Two numbers that are equal whenever nobody writes. For threads that hold the lock, or validate what they have read. */
    private static final class Pair {
        private int one;
        private int other;
    }

    @Test
    void tellsAReaderWhetherSomebodyHasWritten() {
        long before = lock.beginReading();
        assertThat(lock.isUnchanged(before)).isTrue();

        lock.lock();
        long meanwhile = lock.beginReading();
        assertThat(lock.isUnchanged(before)).isFalse();
        assertThat(lock.isUnchanged(meanwhile)).isFalse();
        lock.unlock();

        assertThat(lock.isUnchanged(before)).isFalse();
        assertThat(lock.isUnchanged(meanwhile)).isFalse();
        assertThat(lock.isUnchanged(lock.beginReading())).isTrue();
    }

    @Test
    void letsOneWriteAtATimeAndNobodyReadWhatIsHalfWritten() throws Exception {
        Pair pair = new Pair();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                writers.add(threads.submit(() -> write(pair)));
            }
            Future<Integer> differences = threads.submit(() -> countDifferences(pair));
            for (Future<?> writer : writers) {
                writer.get();
            }
            assertThat(differences.get()).isZero();
        } finally {
            threads.shutdownNow();
        }

        assertThat(pair.one).isEqualTo(THREADS * TIMES);
    }

    private void write(Pair pair) {
        for (int i = 0; i < TIMES; i++) {
            lock.lock();
            pair.one++;
            pair.other++;
            lock.unlock();
        }
    }

    private int countDifferences(Pair pair) {
        int differences = 0;
        for (int i = 0; i < TIMES; i++) {
            long reading = lock.beginReading();
            int difference = pair.one - pair.other;
            if (lock.isUnchanged(reading) && difference != 0) {
                differences++;
            }
        }
        return differences;
    }
}
