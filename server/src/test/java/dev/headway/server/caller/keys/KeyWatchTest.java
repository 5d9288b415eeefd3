package dev.headway.server.caller.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.caller.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyWatchTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant MORNING = NOON.minusSeconds(7_200);

    @TempDir
    Path directory;

    private final KeyRing first = KnownKeys.ring("alice", "");
    private Optional<KeyWatch> watch = Optional.empty();
    private final KnownUsers users = new KnownUsers(first);

    @BeforeEach
    void begin() throws IOException {
        write(text("alice"), MORNING);
        watch().look();
    }

    @Test
    void takesOverAKeyThatIsAdded() throws Exception {
        write(text("alice", "bob"), MORNING.plusSeconds(1));
        assertThat(knows("bob")).isFalse();

        watch().look();

        assertThat(knows("bob")).isTrue();
        assertThat(knows("alice")).isTrue();
    }

    @Test
    void takesOverAKeyThatIsRevokedBeItTheLast() throws Exception {
        write(text(), MORNING.plusSeconds(1));

        watch().look();

        assertThat(knows("alice")).isFalse();
    }

    @Test
    void keepsTheKeysOfBeforeWhileTheFileIsHalfWritten() throws Exception {
        String whole = text("bob");
        write(whole.substring(0, whole.length() / 2), MORNING.plusSeconds(1));
        watch().look();
        assertThat(knows("alice")).isTrue();

        write(whole, MORNING.plusSeconds(2));
        watch().look();

        assertThat(knows("alice")).isFalse();
        assertThat(knows("bob")).isTrue();
    }

    @Test
    void keepsTheKeysOfBeforeWhileTheFileIsNotThere() throws Exception {
        Files.delete(file());

        watch().look();

        assertThat(knows("alice")).isTrue();
    }

    @Test
    void seesAFileAgainThatWasAwayForAWhile() throws Exception {
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(file(), elsewhere);
        watch().look();
        assertThat(watch().followed().isBehind()).isTrue();
        assertThat(watch().followed().refused()).isEqualTo(1);

        Files.move(elsewhere, file());
        watch().look();

        assertThat(watch().followed().isBehind()).isFalse();
        assertThat(watch().followed().taken()).isZero();
        assertThat(watch().followed().usableAt()).isEqualTo(NOON);
    }

    @Test
    void seesASecondChangeWithinOneStepOfTheFileTime() throws Exception {
        write(text("carol"), NOON);
        watch().look();
        write(text("david"), NOON);
        watch().look();

        assertThat(knows("carol")).isFalse();
        assertThat(knows("david")).isTrue();
    }

    @Test
    void doesNotReadAFileAgainThatHasNotChanged() throws Exception {
        FileTime before = Files.getLastModifiedTime(file());
        Files.writeString(file(), text("carol"));
        Files.setLastModifiedTime(file(), before);

        watch().look();

        assertThat(knows("carol")).as("same size, same time, long ago").isFalse();
    }

    private boolean knows(String name) {
        return users.identify(KeyDigest.of(name + "'s key")) instanceof User user
                && user.name().equals(name);
    }

    private void write(String text, Instant modified) throws IOException {
        Files.writeString(file(), text);
        Files.setLastModifiedTime(file(), FileTime.from(modified));
    }

    private static String text(String... names) {
        String[] namesAndTiers = List.of(names).stream()
                .flatMap(name -> List.of(name, "").stream())
                .toArray(String[]::new);
        return KeyFileText.format(KnownKeys.ring(namesAndTiers).entries());
    }

    private KeyWatch watch() {
        if (watch.isEmpty()) {
            watch = Optional.of(new KeyWatch(file(), first, users, Clock.fixed(NOON, ZoneOffset.UTC)));
        }
        return watch.get();
    }

    private Path file() {
        return directory.resolve("keys.json");
    }
}
