package dev.headway.server.http.server;

import dev.headway.server.throttle.answer.Ruling;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A ruling that a store on the network is asked for; made on the event loop of its request, where the ruling is obeyed too.
 *
 * <p>Meanwhile nothing more of the request is read, nor of the connection, and no other request of it is begun. The store
 * answers or fails within its deadline, so the connection needs none for this. Whoever has gone meanwhile is counted, and
 * gets no answer.
 */
final class AwaitedRuling {
    private final Exchange exchange;
    private final CompletableFuture<Ruling> ruling;

    AwaitedRuling(Exchange exchange, CompletionStage<Ruling> ruling) {
        this.exchange = exchange;
        this.ruling = ruling.toCompletableFuture();
    }

    /** Has the ruling obeyed: at once if it is known, which it is where nobody had to be asked. */
    void then(Consumer<Ruling> obey) {
        if (ruling.isDone()) {
            obey.accept(known());
            return;
        }
        exchange.request().pause();
        // What is returned is the same future again.
        CompletionStage<Ruling> unused =
                ruling.whenComplete((decided, fault) -> exchange.connection().execute(() -> goOn(obey)));
    }

    private void goOn(Consumer<Ruling> obey) {
        if (exchange.request().response().closed()) {
            return;
        }
        exchange.goOn(() -> obey.accept(known()));
        exchange.request().resume();
    }

    private Ruling known() {
        try {
            return ruling.join();
        } catch (CompletionException fault) {
            throw known(fault.getCause(), fault);
        }
    }

    private static RuntimeException known(@Nullable Throwable cause, CompletionException fault) {
        return cause instanceof RuntimeException runtime ? runtime : fault;
    }
}
