package dev.headway.server.metrics;

import dev.headway.limiter.Ticker;
import dev.headway.server.fresh.Refreshed;
import dev.headway.server.http.Body;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Answers {@code GET /metrics}; any number of threads may share it.
 *
 * <p>The route is never limited, so its cost has to be: the text is written at most four times a second, by a thread of its
 * own, and all who ask in between are sent the same one. When writing it takes longer than two seconds, because the database
 * hangs, the last one is sent.
 */
public final class MetricsResource implements AutoCloseable {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final Duration AGE = Duration.ofMillis(250);
    private static final long MAX_WAIT_MILLIS = 2_000;

    private final ExecutorService writer = Executors.newSingleThreadExecutor(MetricsResource::daemon);
    private final Refreshed<Response> texts;

    /**
     * Answers with these metrics.
     *
     * @param metrics what is measured; the caller closes it
     * @param ticker tells how old a text is
     */
    public MetricsResource(Metrics metrics, Ticker ticker) {
        this.texts = new Refreshed<>(() -> answer(metrics.text()), answer(""), AGE, ticker, writer);
    }

    /** Answers with a text that is a quarter of a second old at most, or the last one if a new one takes too long. */
    public CompletionStage<Response> metrics(Request request) {
        CompletableFuture<Response> text = texts.get();
        return text.isDone()
                ? text
                : text.copy().completeOnTimeout(texts.last(), MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Ends the thread. */
    @Override
    public void close() {
        writer.shutdownNow();
    }

    private static Response answer(String text) {
        return new Response(200, TEXT, Map.of(), Body.of(text));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "metrics");
        thread.setDaemon(true);
        return thread;
    }
}
