package dev.headway.server.http.server;

import dev.headway.server.http.Body;
import dev.headway.server.http.BodyRule;
import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Response;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Takes in the body of one admitted request, within its route's bound and the memory there is; for one event loop.
 *
 * <p>Room grows with what has come, never with what was announced: announcing a hundred megabytes costs a client nothing
 * and must cost us nothing.
 */
final class BodyReader {
    private static final int FIRST_ROOM = 4096;
    private static final byte[] NOTHING = new byte[0];

    private final Exchange exchange;
    private final BodyRule rule;
    private final BodyMemory memory;
    private final Consumer<Body> whole;
    private final int announced;

    private byte[] bytes = NOTHING;
    private int length;
    private long taken;
    private boolean done;

    BodyReader(Exchange exchange, BodyRule rule, Consumer<Body> whole) {
        this.exchange = exchange;
        this.rule = rule;
        this.whole = whole;
        this.memory = exchange.connection().surface().bodyMemory();
        this.announced = (int) BodyHead.of(exchange.request()).length();
    }

    /**
     * Returns if the head announces a body that may be read.
     *
     * @throws HttpProblem 413, 415 or 417
     */
    static void requireAcceptable(HttpServerRequest request, BodyRule rule) {
        String expectation = request.headers().get(HeaderNames.EXPECT);
        if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
            throw HttpProblem.detail(417, "Expect \"" + expectation + "\"; only 100-continue is accepted");
        }
        String encoding = request.headers().get(HeaderNames.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw HttpProblem.detail(
                    415, "Content-Encoding \"" + encoding + "\" is not supported; send the body as it is");
        }
        if (BodyHead.of(request).length() > rule.maxBytes()) {
            throw tooLarge(rule);
        }
    }

    void start() {
        HttpServerRequest request = exchange.request();
        BodyHead head = BodyHead.of(request);
        if (head.isEmpty()) {
            whole.accept(Body.empty());
            return;
        }
        request.handler(this::take);
        request.endHandler(ended -> complete());
        request.exceptionHandler(closed -> giveUp());
        if (head.awaited()) {
            request.response().writeContinue();
        }
    }

    private void take(Buffer chunk) {
        if (done) {
            return;
        }
        if (chunk.length() > rule.maxBytes() - length) {
            refuse(tooLarge(rule));
        } else if (rule.keep() && !tryMakeRoom(length + chunk.length())) {
            refuse(new HttpProblem(Response.detail(503, "Too many large requests at once; try again in a moment")
                    .withHeader("retry-after", "1")));
        } else {
            add(chunk);
        }
    }

    private void add(Buffer chunk) {
        if (rule.keep()) {
            chunk.getBytes(bytes, length);
        }
        length += chunk.length();
    }

    private boolean tryMakeRoom(int needed) {
        if (needed <= bytes.length) {
            return true;
        }
        int room = Math.max(needed, Math.max(FIRST_ROOM, (int) Math.min(2L * bytes.length, rule.maxBytes())));
        int exact = announced >= needed ? Math.min(room, announced) : room;
        if (!memory.tryTake(exact - bytes.length)) {
            return false;
        }
        taken += exact - bytes.length;
        bytes = Arrays.copyOf(bytes, exact);
        return true;
    }

    private void complete() {
        if (done) {
            return;
        }
        done = true;
        byte[] all = bytes.length == length || !rule.keep() ? bytes : Arrays.copyOf(bytes, length);
        whole.accept(Body.of(all));
    }

    private void refuse(HttpProblem problem) {
        giveUp();
        exchange.refuse(problem.response());
    }

    private void giveUp() {
        done = true;
        giveBack();
    }

    /** Lets go of the bytes; the body that was handed on lives as long as somebody holds it. */
    void giveBack() {
        bytes = NOTHING;
        memory.giveBack(taken);
        taken = 0;
    }

    private static HttpProblem tooLarge(BodyRule rule) {
        return HttpProblem.detail(413, "Request body too large (max: " + rule.maxBytes() + " bytes)");
    }
}
