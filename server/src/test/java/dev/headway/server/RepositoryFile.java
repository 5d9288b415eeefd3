package dev.headway.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds files that lie beside the modules, wherever a test is started: in the module or above it. */
public final class RepositoryFile {
    private RepositoryFile() {}

    /** Returns the text of a file, named from the directory that the modules lie in. */
    public static String read(String name) throws IOException {
        return text(find(name));
    }

    /** Returns the text of a file that must be there. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns where a file or directory lies, named from the directory that the modules lie in. */
    public static Path find(String name) throws IOException {
        return Stream.of(Path.of("..", name), Path.of(name))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IOException("no " + name + " beside the modules"));
    }
}
