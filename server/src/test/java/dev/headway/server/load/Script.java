package dev.headway.server.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A program in a directory of its own, which does what a shell script says; for one thread. */
public final class Script {
    private final Path directory;
    private final String name;

    /** Names a program that is not there yet. */
    public Script(Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    /** Has the program do this from now on; a run that is under way goes on as before. */
    public void does(String body) throws IOException {
        Path next = Files.writeString(directory.resolve(name + ".next"), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(next, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes the program away. */
    public void remove() throws IOException {
        Files.delete(directory.resolve(name));
    }

    /** Returns variables in whose PATH the program is found, and the usual ones of the system. */
    public Map<String, String> environment() {
        return Map.of("PATH", directory + ":/usr/bin:/bin");
    }
}
