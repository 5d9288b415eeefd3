package dev.headway.benchmarks;

import dev.headway.benchmarks.contender.Contender;
import dev.headway.benchmarks.contender.Entrants;
import dev.headway.benchmarks.contender.Quota;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What a key costs in memory: a process of its own fills a contender and looks at the heap before and after. The keys'
 * texts are there before and do not count. Runs in one thread.
 */
final class HeapPerKey {

    private static final int KEYS = 1_000_000;
    private static final int COLLECTIONS = 3;

    private HeapPerKey() {}

    /** Bytes per key after so many requests of each; throws {@link IllegalStateException} when the process fails. */
    static double measure(String contender, int requests) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xms4g",
                            "-Xmx4g",
                            "-XX:+UseG1GC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            HeapPerKey.class.getName(),
                            contender,
                            String.valueOf(requests))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("measuring the heap of " + contender + " failed");
            }
            return Double.parseDouble(answer);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a Java process", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring the heap of " + contender, e);
        }
    }

    public static void main(String[] arguments) {
        String[] keys = Addresses.texts(KEYS);
        long before = usedAfterCollection();
        Contender contender = Entrants.create(arguments[0], keys, Quota.refusing());
        int requests = Integer.parseInt(arguments[1]);
        for (int request = 0; request < requests; request++) {
            for (int key = 0; key < KEYS; key++) {
                contender.tryAcquire(key);
            }
        }
        long after = usedAfterCollection();
        // Asked once more, so that nothing is let go of before the last look at the heap.
        contender.tryAcquire(keys.length - 1);
        System.out.println((after - before) / (double) KEYS);
    }

    private static long usedAfterCollection() {
        for (int collection = 0; collection < COLLECTIONS; collection++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
