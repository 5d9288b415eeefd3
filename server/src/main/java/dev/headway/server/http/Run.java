package dev.headway.server.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One run of a handler, on the thread it asks for; started on the event loop, where the answer is given too. */
final class Run {
    private final Exchange exchange;
    private final Endpoint endpoint;
    private final Request request;

    Run(Exchange exchange, Endpoint endpoint, Request request) {
        this.exchange = exchange;
        this.endpoint = endpoint;
        this.request = request;
    }

    void start() {
        exchange.connection().enter(Connection.Phase.WORKING);
        Workers workers = exchange.connection().surface().workers();
        if (endpoint.route().handler().where() == Handler.Where.EVENT_LOOP) {
            run();
        } else if (!workers.tryRun(this::run)) {
            exchange.answer(Response.detail(503, "The server is busy; try again in a moment")
                    .withHeader("retry-after", "1"));
        }
    }

    private void run() {
        handle().whenComplete((response, fault) -> answer(outcome(response, fault)));
    }

    // Whatever a handler throws, errors included, its client is owed an answer.
    @SuppressWarnings("CatchingThrowable")
    private CompletionStage<Response> handle() {
        try {
            return endpoint.route().handler().action().handle(request);
        } catch (Throwable fault) {
            return CompletableFuture.failedStage(fault);
        }
    }

    private Response outcome(@Nullable Response response, @Nullable Throwable fault) {
        return fault == null && response != null
                ? response
                : Faults.response(endpoint.route().endpoint(), fault);
    }

    private void answer(Response response) {
        exchange.connection().execute(() -> exchange.answer(response));
    }
}
