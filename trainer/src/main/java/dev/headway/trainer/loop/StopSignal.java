package dev.headway.trainer.loop;

/** The question whether the run has been asked to stop; threads may share it. */
@FunctionalInterface
public interface StopSignal {
    /** Returns true from the moment on that somebody asked. */
    boolean isRequested();
}
