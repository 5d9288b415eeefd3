package dev.headway.jobs.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an attempt leaves in its job's directory; the head of {@code supervisor.sh} says who writes what. Stateless but
 * for the files, for any number of threads.
 */
final class AttemptFiles {
    /** The claim of an attempt that must not run. */
    static final String REVOKED = "revoked";

    private final Path directory;
    private final int number;

    AttemptFiles(Path directory, int number) {
        this.directory = directory;
        this.number = number;
    }

    /** {@return the text of the claim, if there is one} */
    Optional<String> claim() throws IOException {
        return read("claim-" + number);
    }

    /** {@return the trainer that a supervisor with this claim has started} */
    Optional<ProcessIdentity> trainer(String claim) throws IOException {
        Optional<ProcessIdentity> supervisor = ProcessIdentity.parse(claim);
        if (supervisor.isEmpty()) {
            return Optional.empty();
        }
        String boot = supervisor.get().boot();
        return read("started")
                .filter(text -> text.startsWith(claim + " "))
                .flatMap(text ->
                        ProcessIdentity.parse(text.substring(claim.length()).strip() + " " + boot));
    }

    /** {@return the code that a supervisor with this claim has left} */
    OptionalInt exitCode(String claim) throws IOException {
        Optional<String> text = read("exit-code").filter(written -> written.endsWith(" " + claim));
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                Integer.parseInt(text.get().substring(0, text.get().indexOf(' '))));
    }

    /**
     * Claims the attempt so that no supervisor can.
     *
     * @return whether it is revoked, now or already
     */
    boolean revoke() throws IOException {
        Files.createDirectories(directory);
        Path aside = Files.createTempFile(directory, ".revoke", "");
        try {
            Files.writeString(aside, REVOKED);
            Files.createLink(directory.resolve("claim-" + number), aside);
            return true;
        } catch (FileAlreadyExistsException e) {
            return claim().filter(REVOKED::equals).isPresent();
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** Leaves word for a supervisor that has not begun. */
    void orderStop() throws IOException {
        Files.createDirectories(directory);
        try {
            Files.createFile(directory.resolve("stop-" + number));
        } catch (FileAlreadyExistsException e) {
            // Ordered before.
            return;
        }
    }

    private Optional<String> read(String name) throws IOException {
        try {
            return Optional.of(Files.readString(directory.resolve(name)).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
