package dev.headway.jobs;

import org.jspecify.annotations.Nullable;

/** Lets work go on when a part of it fails, and fails in the end. For one thread. */
final class Failures {
    private @Nullable RuntimeException first;

    void collect(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            add(e);
        }
    }

    void throwIfAny() {
        if (first != null) {
            throw first;
        }
    }

    private void add(RuntimeException failure) {
        if (first == null) {
            first = failure;
        } else {
            first.addSuppressed(failure);
        }
    }
}
