package dev.headway.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears SIGHUP, by which daemons are told to read their files again; stateless.
 *
 * <p>Java has no public way to hear a signal. What it has is {@code sun.misc.Signal} in the module {@code jdk.unsupported}, which all
 * JDKs keep for those who need it (JEP 260). It is reached by reflection, since the compiler warns of its name in a way that cannot be
 * turned off, and so that a Java without it lacks this signal and nothing else.
 */
final class Hangup {
    private static final Logger LOG = LoggerFactory.getLogger(Hangup.class);

    private Hangup() {}

    /** Has something done, on a thread of its own, whenever the process is sent SIGHUP, which from then on does not end it. */
    static void hear(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(Hangup.class.getClassLoader(), new Class<?>[] {handler}, calling(action));
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
        } catch (ReflectiveOperationException unheard) {
            LOG.warn("SIGHUP cannot be heard on this Java: {}", String.valueOf(unheard.getCause()));
        }
    }

    private static InvocationHandler calling(Runnable action) {
        return (self, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "on SIGHUP";
        };
    }
}
