package dev.headway.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Things to close, the last first; safe to share between threads, and closed once however often it is asked to. */
final class Closing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> things = new ArrayDeque<>();

    /** Returns a thing after noting that it is to be closed. */
    synchronized <T extends AutoCloseable> T add(T thing) {
        things.push(thing);
        return thing;
    }

    /** Closes everything, also when closing one of them fails. */
    @Override
    public synchronized void close() {
        while (!things.isEmpty()) {
            close(things.pop());
        }
    }

    // Whatever a close throws, what was made before it must be closed too.
    private static void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            LOG.warn("{} did not close", thing.getClass().getSimpleName(), failure);
        }
    }
}
