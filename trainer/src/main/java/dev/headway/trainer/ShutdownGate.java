package dev.headway.trainer;

import dev.headway.trainer.loop.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The one way out of the program, for a run that ends by itself and for one that is told to.
 *
 * <p>A SIGTERM makes the Java machine shut down while the training thread is in the middle of native code; the engine's
 * own clean-up then runs under its feet and the process dies of SIGSEGV (code 134) with nothing saved. So:
 *
 * <pre>
 * SIGTERM ─► shutdown hook: stop requested ─► the hook waits
 *                                  the training thread sees it, saves, calls leave(143) ─► the hook halts with 143
 * end     ─► the training thread calls leave(0) ─► System.exit runs the hook ─► the hook halts with 0
 * </pre>
 *
 * <p>Halting skips the native clean-up altogether. A second SIGTERM finds the shutdown under way and changes nothing.
 * Threads may share it.
 */
final class ShutdownGate implements StopSignal {
    private static final long LONGEST_WAIT_MINUTES = 10;

    private final CountDownLatch left = new CountDownLatch(1);
    private volatile boolean isRequested;
    private volatile int code = Main.STOPPED;

    private ShutdownGate() {}

    /** Makes the gate and puts it in the way of every end of the program. */
    static ShutdownGate install() {
        ShutdownGate gate = new ShutdownGate();
        Runtime.getRuntime().addShutdownHook(new Thread(gate::shutDown, "shutdown-gate"));
        return gate;
    }

    private void shutDown() {
        isRequested = true;
        try {
            left.await(LONGEST_WAIT_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code);
    }

    @Override
    public boolean isRequested() {
        return isRequested;
    }

    /** Ends the program with a code; does not return. */
    void leave(int exitCode) {
        code = exitCode;
        left.countDown();
        System.exit(exitCode);
    }
}
