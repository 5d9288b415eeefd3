package dev.headway.server.http.server;

import dev.headway.server.http.HttpProblem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/**
 * Refuses requests that another server on the way may read as ending elsewhere, or as meant for somebody else; stateless.
 *
 * <p>The parser below us is lenient where proxies are not all of one mind: it takes several transfer codings, any Host,
 * none and two. Two readings of one byte stream are what request smuggling is made of, so one reading only is accepted.
 * A Content-Length beside a Transfer-Encoding is refused earlier, by {@link StrictDecoder}.
 */
final class Framing {
    private Framing() {}

    /**
     * Returns if there is one way to read this request.
     *
     * @throws HttpProblem 400 saying what is wrong with it
     */
    static void require(HttpServerRequest request) {
        requireNames(request);
        requireHost(request);
        requireTransferEncoding(request);
    }

    private static void requireNames(HttpServerRequest request) {
        if (request.headers().contains("")) {
            throw HttpProblem.detail(400, "A header without a name");
        }
    }

    private static void requireHost(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll("host");
        boolean mayBeMissing = request.version() == HttpVersion.HTTP_1_0;
        if (hosts.isEmpty() && mayBeMissing) {
            return;
        }
        if (hosts.size() != 1) {
            throw HttpProblem.detail(400, hosts.size() + " Host headers; a request has exactly one");
        }
        if (request.authority() == null) {
            throw HttpProblem.detail(400, "The Host header \"" + hosts.get(0) + "\" is not a host and port");
        }
    }

    private static void requireTransferEncoding(HttpServerRequest request) {
        List<String> codings = request.headers().getAll("transfer-encoding");
        if (codings.isEmpty()) {
            return;
        }
        boolean chunkedOnly = codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked");
        if (!chunkedOnly || request.version() == HttpVersion.HTTP_1_0) {
            throw HttpProblem.detail(
                    400,
                    "Transfer-Encoding \"" + String.join(", ", codings) + "\"; only chunked in HTTP/1.1 is accepted");
        }
    }
}
