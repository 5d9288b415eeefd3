package dev.headway.trainer.failure;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file could not be read or written: says which, what was being done, and why. */
public final class FileTrouble extends TrainerFailure {
    private static final long serialVersionUID = 1L;

    /** Makes the failure from what was being done, such as {@code "read"}, to which file, and what went wrong. */
    public FileTrouble(String deed, Path file, IOException cause) {
        super("cannot " + deed + " " + file + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) return "there is no such file";
        if (cause instanceof AccessDeniedException) return "permission denied";
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
