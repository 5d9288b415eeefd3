package dev.headway.limiter.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock for writers that readers need not take: a number that is odd while somebody writes. Safe to share between threads; not
 * reentrant.
 *
 * <p>A reader notes the number, reads, and asks whether the number is the same still; if it is, and even, all that was read was there
 * at one moment. The order of memory is that of <i>sequence locks</i>, as Boehm describes them (Can Seqlocks Get Along With
 * Programming Language Memory Models, 2012): the first look is an acquire, and a fence keeps the reads before the second.
 *
 * <p>Writers hold it for tens of nanoseconds. One that finds it taken spins for about as long, and then sleeps for the shortest time
 * there is, which is thousands of times longer: so under contention one thread runs for a while with everything in its own cache, in
 * place of two that take the line from each other at every step. That is not fair, and need not be, for nobody is passed over for
 * longer than some naps.
 */
final class VersionLock {
    private static final int SPINS = 16;
    private static final VarHandle VERSION;

    static {
        try {
            VERSION = MethodHandles.lookup().findVarHandle(VersionLock.class, "version", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // it is read and written through the handle
    private volatile long version;

    void lock() {
        for (int tries = 0; !tryLock(); tries++) {
            if (tries < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, 1);
            }
        }
    }

    void unlock() {
        VERSION.setRelease(this, (long) VERSION.get(this) + 1);
    }

    /** Begins to read without the lock; returns what {@link #isUnchanged} must be given. */
    long beginReading() {
        return (long) VERSION.getAcquire(this);
    }

    /** Returns whether all that was read since belongs together and is still true. */
    boolean isUnchanged(long reading) {
        VarHandle.acquireFence();
        return (reading & 1) == 0 && (long) VERSION.getOpaque(this) == reading;
    }

    private boolean tryLock() {
        long current = (long) VERSION.getOpaque(this);
        if ((current & 1) != 0 || !VERSION.compareAndSet(this, current, current + 1)) {
            return false;
        }
        VarHandle.storeStoreFence();
        return true;
    }
}
