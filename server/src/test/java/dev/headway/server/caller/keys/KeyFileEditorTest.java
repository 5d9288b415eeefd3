package dev.headway.server.caller.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.headway.server.caller.Identity;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileEditorTest {
    @TempDir
    Path directory;

    @Test
    void makesTheFileWithTheFirstKey() throws Exception {
        String key = editor().add("alice", Tier.PRO);

        assertThat(KeyFile.read(file()).identify(KeyDigest.of(key)))
                .isEqualTo(new User("alice", Optional.of(Tier.PRO)));
        assertThat(Files.readString(file())).doesNotContain(key);
    }

    @Test
    void letsNobodyButTheOwnerReadIt() throws Exception {
        editor().add("alice", Tier.FREE);

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void makesAnotherKeyForEverybody() {
        Set<String> keys = new HashSet<>();
        for (int user = 0; user < 20; user++) {
            keys.add(editor().add("user" + user, Tier.FREE));
        }

        assertThat(keys).hasSize(20).allMatch(key -> key.matches("hw_[A-Za-z0-9_-]{43}"));
    }

    @Test
    void takesOneKeyAwayAndLeavesTheOthers() {
        String alice = editor().add("alice", Tier.FREE);
        String bob = editor().add("bob", Tier.FREE);

        editor().revoke("alice");

        KeyRing ring = KeyFile.read(file());
        assertThat(ring.identify(KeyDigest.of(alice))).isEqualTo(Identity.STRANGER);
        assertThat(ring.identify(KeyDigest.of(bob))).isEqualTo(new User("bob", Optional.of(Tier.FREE)));
    }

    @Test
    void takesTheLastKeyAwayToo() {
        editor().add("alice", Tier.FREE);
        editor().revoke("alice");

        assertThat(KeyFile.read(file()).entries()).isEmpty();
    }

    @Test
    void refusesANameThatIsTakenOrNone() {
        editor().add("alice", Tier.FREE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> editor().add("alice", Tier.PRO))
                .withMessageContaining("\"alice\" has a key already");
        assertThatIllegalArgumentException().isThrownBy(() -> editor().add("a\nb", Tier.PRO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> editor().revoke("bob"))
                .withMessage("\"bob\" has no key");
    }

    @Test
    void leavesAFileAloneThatItCannotRead() throws Exception {
        Files.writeString(file(), "{\"keys\": [");

        assertThatExceptionOfType(InvalidKeyFile.class).isThrownBy(() -> editor().add("alice", Tier.FREE));
        assertThat(file()).hasContent("{\"keys\": [");
    }

    @Test
    void leavesNothingLyingAbout() throws Exception {
        editor().add("alice", Tier.FREE);
        editor().revoke("alice");

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("keys.json", "keys.json.lock");
        }
    }

    @Test
    void writesToWhereALinkLeads() throws Exception {
        Path real = Files.writeString(directory.resolve("real.json"), "{\"keys\": []}");
        Files.createSymbolicLink(file(), real);

        editor().add("alice", Tier.FREE);

        assertThat(file()).isSymbolicLink();
        assertThat(KeyFile.read(real).find("alice")).isPresent();
    }

    @Test
    void saysThatItCannotWrite() {
        KeyFileEditor lost = new KeyFileEditor(directory.resolve("none/keys.json"), new SecureRandom());

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> lost.add("alice", Tier.FREE));
    }

    private KeyFileEditor editor() {
        return new KeyFileEditor(file(), new SecureRandom());
    }

    private Path file() {
        return directory.resolve("keys.json");
    }
}
