package dev.headway.server.http.server;

import dev.headway.server.http.Handler;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.routing.Endpoint;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One run of a handler, on the thread it asks for; started on the event loop, where the answer is given too. */
final class Run {
    private static final Response NOBODY_READS_THIS = Response.text(499, "The client has gone");

    private final Exchange exchange;
    private final Endpoint endpoint;
    private final Request request;
    private volatile boolean isGivenUp;

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
            Response busy = Response.detail(503, "The server is busy; try again in a moment");
            exchange.answer(exchange.shaped(busy).withHeader("retry-after", "1"));
        }
    }

    private void run() {
        CompletableFuture<Response> answer = handle().toCompletableFuture();
        // What is returned is the same future again.
        CompletionStage<Response> unused = answer.whenComplete((response, fault) -> answer(outcome(response, fault)));
        if (!answer.isDone()) {
            exchange.connection().execute(() -> watchClient(answer));
        }
    }

    /** What the event loop began is answered in a moment, and a client that only waits for that is waited for. */
    private void watchClient(CompletableFuture<Response> answer) {
        exchange.whenGone(() -> giveUp(answer));
        if (endpoint.route().handler().where() != Handler.Where.EVENT_LOOP) {
            exchange.needClient();
        }
    }

    private void giveUp(CompletableFuture<Response> answer) {
        isGivenUp = true;
        answer.cancel(false);
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
        if (isGivenUp) {
            return NOBODY_READS_THIS;
        }
        return fault == null && response != null
                ? response
                : Faults.response(endpoint.route().endpoint(), fault);
    }

    private void answer(Response response) {
        exchange.connection().execute(() -> exchange.answer(response));
    }
}
