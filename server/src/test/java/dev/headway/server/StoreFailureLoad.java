package dev.headway.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Clients that ask two servers without a pause, by turns, while something happens to the Redis of these; and what they were answered. The
 * thread that starts it looks on.
 */
final class StoreFailureLoad implements AutoCloseable {
    static final int CLIENTS = 10;
    private static final int THREADS = 4;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> servers;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger unexpected = new AtomicInteger();
    private final AtomicIntegerArray admitted = new AtomicIntegerArray(CLIENTS);
    private final AtomicLong slowestNanos = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(THREADS);
    private volatile boolean stopped;

    private StoreFailureLoad(List<String> servers) {
        this.servers = servers;
    }

    static StoreFailureLoad start(List<String> servers) {
        StoreFailureLoad load = new StoreFailureLoad(servers);
        for (int number = 0; number < THREADS; number++) {
            Thread thread = new Thread(load::askOnwards, "client " + number);
            thread.setDaemon(true);
            thread.start();
        }
        return load;
    }

    private void askOnwards() {
        try {
            while (!stopped) {
                askOnce(asked.getAndIncrement());
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            fault.compareAndSet(null, e);
        } finally {
            ended.countDown();
        }
    }

    private void askOnce(int number) throws IOException, InterruptedException {
        int client = number / servers.size() % CLIENTS;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(servers.get(number % servers.size()) + "/api/training/queue"))
                .header("X-Forwarded-For", "198.51.100." + client)
                .build();
        long start = System.nanoTime();
        HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
        long nanos = System.nanoTime() - start;
        slowestNanos.accumulateAndGet(nanos, Math::max);
        count(client, answer.statusCode());
    }

    private void count(int client, int status) {
        if (status == 200) {
            admitted.incrementAndGet(client);
        } else if (status != 429) {
            unexpected.incrementAndGet();
        }
        answered.incrementAndGet();
    }

    int answered() {
        return answered.get();
    }

    /** The slowest answer since the last time that this was asked, in milliseconds. */
    long takeSlowestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(slowestNanos.getAndSet(0));
    }

    /** Answers that were neither an admission nor a refusal. */
    int unexpected() {
        return unexpected.get();
    }

    /** How many requests were admitted of the client who had most. */
    int mostAdmitted() {
        int most = 0;
        for (int client = 0; client < CLIENTS; client++) {
            most = Math.max(most, admitted.get(client));
        }
        return most;
    }

    /** Lets the clients have their last answers; throws {@link AssertionError} if one had none at all. */
    @Override
    public void close() {
        stopped = true;
        try {
            if (!ended.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("a client still waits for an answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Throwable first = fault.get();
        if (first != null) {
            throw new AssertionError("a client had no answer", first);
        }
    }
}
