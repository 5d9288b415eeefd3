package dev.headway.jobs.run;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out before a start whether the program is there, so that the answer is a sentence and not a code. Stateless. */
final class ProgramFinder {
    private ProgramFinder() {}

    /** {@return what is wrong with the program, if anything is} */
    static Optional<String> problem(String program, Path workingDirectory, String searchPath) {
        try {
            return program.contains("/") ? problemAt(program, workingDirectory) : problemOn(program, searchPath);
        } catch (InvalidPathException e) {
            return Optional.of("'" + program + "' cannot be a program: " + e.getReason());
        }
    }

    private static Optional<String> problemAt(String program, Path workingDirectory) {
        Path file = workingDirectory.resolve(program);
        if (!Files.isRegularFile(file)) {
            return Optional.of("there is no program " + file);
        }
        return Files.isExecutable(file) ? Optional.empty() : Optional.of(file + " is not executable");
    }

    private static Optional<String> problemOn(String program, String searchPath) {
        for (String directory : searchPath.split(":", -1)) {
            Path file = Path.of(directory.isEmpty() ? "." : directory).resolve(program);
            if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                return Optional.empty();
            }
        }
        return Optional.of("there is no program '" + program + "' on the PATH " + searchPath);
    }
}
