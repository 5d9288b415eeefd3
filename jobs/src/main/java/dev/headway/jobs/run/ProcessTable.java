package dev.headway.jobs.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processes of this machine as {@code /proc} shows them. Stateless, for any number of threads.
 *
 * <p>Only "no such file" and "no such process" mean that a process is gone. Anything else, too many open files for one,
 * is thrown: a healthy trainer must not be given up because we could not look.
 */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    private final String boot;

    ProcessTable() throws IOException {
        try {
            boot = Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        } catch (NoSuchFileException e) {
            throw new IOException("trainers run as processes on Linux only, and this machine has no " + e.getFile(), e);
        }
    }

    boolean isAlive(ProcessIdentity identity) throws IOException {
        if (!isOfThisBoot(identity)) {
            return false;
        }
        Optional<ProcessStat> stat = stat(identity.pid());
        return stat.isPresent() && stat.get().isAlive() && stat.get().start() == identity.start();
    }

    boolean isOfThisBoot(ProcessIdentity identity) {
        return identity.boot().equals(boot);
    }

    Optional<ProcessStat> stat(long pid) throws IOException {
        return read(pid, "stat").map(ProcessStat::parse);
    }

    /** {@return the environment of a process, each variable ended by NUL; empty if it is not ours to read} */
    String environment(long pid) {
        try {
            return read(pid, "environ").orElse("");
        } catch (IOException e) {
            // A process of another user is none of ours.
            return "";
        }
    }

    /** {@return all living processes} */
    List<ProcessStat> living() throws IOException {
        List<ProcessStat> living = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                stat(Long.parseLong(entry.getFileName().toString()))
                        .filter(ProcessStat::isAlive)
                        .ifPresent(living::add);
            }
        }
        return living;
    }

    private static Optional<String> read(long pid, String file) throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve(file));
            // A process that ends while it is read may leave nothing to read.
            return bytes.length == 0 ? Optional.empty() : Optional.of(new String(bytes, ISO_8859_1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if ("No such process".equals(e.getMessage())) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
