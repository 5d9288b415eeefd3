package dev.headway.server.http.server;

import dev.headway.server.http.Response;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Semaphore;

/**
 * Answers a request whose body has not been read, and then deals with the body; for one event loop.
 *
 * <p>The answer goes out at once. But many clients send all they have before they read, and closing a socket with unread
 * bytes in it makes the kernel send a reset that destroys the answer on its way. So what is still coming has to be read,
 * within bounds:
 *
 * <ul>
 *   <li>No body, or one announced as small: the parser drops it, the connection lives on. {@link Connection} closes it if
 *       the rest does not come in time.
 *   <li>Any other is read and dropped up to a cap; a few at a time may go on beyond it, so that the good clients among
 *       those that send large data sets get to see their 429. When the body has ended, or the cap is reached and reading
 *       has stopped, the connection is closed a moment later. All of it under a deadline.
 * </ul>
 *
 * <p>Nobody can make us read more than the cap and the spares allow; in exchange a client that sends more than the cap
 * before it reads may see a reset instead of its answer, as with every server that bounds its work.
 */
final class Refusal {
    private final Exchange exchange;
    private final HttpSettings.Drainage bounds;
    private long bytes;
    private boolean mayExceedCap;

    private Refusal(Exchange exchange) {
        this.exchange = exchange;
        this.bounds = exchange.connection().surface().settings().drainage();
    }

    static void send(Exchange exchange, Response response) {
        HttpServerRequest request = exchange.request();
        if (request.isEnded() || BodyHead.of(request).isAtMost(smallBytes(exchange))) {
            exchange.connection().enter(Connection.Phase.IDLE);
            Answer.send(exchange, response);
            return;
        }
        new Refusal(exchange).sendAndDrain(response);
    }

    private static int smallBytes(Exchange exchange) {
        return exchange.connection().surface().settings().drainage().smallBytes();
    }

    private void sendAndDrain(Response response) {
        HttpServerRequest request = exchange.request();
        exchange.connection().enter(Connection.Phase.DRAINING);
        mayExceedCap = spares().tryAcquire();
        request.handler(chunk -> drop(chunk.length()));
        request.endHandler(ended -> linger());
        request.exceptionHandler(closed -> giveBackSpare());
        Answer.sendLast(exchange, response);
    }

    private void drop(int length) {
        bytes += length;
        if (bytes > bounds.capBytes() && !mayExceedCap) {
            exchange.request().pause();
            linger();
        }
    }

    private void linger() {
        giveBackSpare();
        exchange.connection().enter(Connection.Phase.LINGERING);
    }

    private void giveBackSpare() {
        if (mayExceedCap) {
            mayExceedCap = false;
            spares().release();
        }
    }

    private Semaphore spares() {
        return exchange.connection().surface().drainSpares();
    }
}
