package dev.headway.server.top;

import java.io.IOException;
import java.util.Optional;

/** One question, asked of a server again and again; for one thread. */
interface Asking {
    /**
     * What a server answers; an immutable value.
     *
     * @param status the HTTP status
     * @param retryAfter how many seconds to wait; absent where the server says nothing of that
     * @param body the text
     */
    record Answer(int status, Optional<String> retryAfter, String body) {}

    /**
     * Returns what the server answers now.
     *
     * @throws java.net.ConnectException when nobody listens
     * @throws IOException when it does not answer, or nothing that makes sense
     */
    Answer ask() throws IOException, InterruptedException;
}
