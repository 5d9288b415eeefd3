package dev.headway.trainer.progress;

import dev.headway.trainer.files.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Posts every point to an address, {@code {"job_id":…,"metrics":[point]}}, and never disturbs the training.
 *
 * <p>Posts run beside it. When too many are under way, because the receiver is slow or gone, further points are left
 * out; the history in progress.json has them all. The first trouble is logged, the rest would only repeat it.
 *
 * <p>Threads may share it.
 */
public final class MetricsPost implements PointReceiver, AutoCloseable {
    private static final int MOST_UNDER_WAY = 16;
    private static final Duration LONGEST_POST = Duration.ofSeconds(30);
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    private final URI address;
    private final Optional<String> token;
    private final String jobId;
    private final RunLog log;
    private final HttpClient client;
    private final Semaphore places = new Semaphore(MOST_UNDER_WAY);
    private final AtomicBoolean hasComplained = new AtomicBoolean();

    /** Makes a post to an http address; the token, where there is one, is sent as a bearer token. */
    public MetricsPost(URI address, Optional<String> token, String jobId, RunLog log) {
        this.address = address;
        this.token = token;
        this.jobId = jobId;
        this.log = log;
        this.client = HttpClient.newBuilder().connectTimeout(LONGEST_POST).build();
    }

    @Override
    public void receive(ObjectNode point) {
        if (!places.tryAcquire()) {
            complain("too many posts are under way");
            return;
        }
        CompletableFuture<?> unused =
                client.sendAsync(request(point), BodyHandlers.discarding()).whenComplete(this::conclude);
    }

    private void conclude(@Nullable HttpResponse<Void> response, @Nullable Throwable trouble) {
        if (response == null) complain(String.valueOf(trouble));
        else if (response.statusCode() >= 300) complain("the answer was " + response.statusCode());
        places.release();
    }

    private HttpRequest request(ObjectNode point) {
        ObjectNode body = Json.object().put("job_id", jobId);
        body.putArray("metrics").add(point);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(LONGEST_POST)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.compact(body)));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request.build();
    }

    private void complain(String trouble) {
        if (hasComplained.compareAndSet(false, true))
            log.warn("metrics", "cannot post metrics to " + address + ": " + trouble + "; the training goes on");
    }

    /** Waits a few seconds for posts that are under way. */
    @Override
    public void close() {
        try {
            places.tryAcquire(MOST_UNDER_WAY, LONGEST_GOODBYE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
        }
    }
}
