package dev.headway.server.caller.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.server.caller.Identity;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFileTest {
    private static final String ALICE = "2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683";
    private static final String BOB = "81b637d8fcd2c6da6359e6963113a1170de795e4b725b84d1e0b4cfd9ec58ce9";
    private static final String TWO_KEYS = """
            {"keys": [
              {"name": "alice", "tier": "pro", "sha256": "%s"},
              {"name": "bob", "sha256": "%s"}
            ]}
            """.formatted(ALICE, BOB);

    @TempDir
    Path directory;

    @Test
    void hasNamesTiersAndDigests() throws Exception {
        KeyRing ring = KeyFile.read(file(TWO_KEYS));

        assertThat(ring.identify(KeyDigest.of("key"))).isEqualTo(new User("alice", Optional.of(Tier.PRO)));
        assertThat(ring.identify(KeyDigest.parse(BOB))).isEqualTo(new User("bob", Optional.empty()));
        assertThat(ring.identify(KeyDigest.of("another key"))).isEqualTo(Identity.STRANGER);
        assertThat(ring.find("bob")).isPresent();
        assertThat(ring.find("carol")).isEmpty();
    }

    @Test
    void mayBeWithoutKeysWhenItSaysSo() throws Exception {
        assertThat(KeyFile.read(file("{\"keys\": []}")).entries()).isEmpty();
    }

    @Test
    void isReadInTheFormOfTheFirstVersion() throws Exception {
        KeyRing ring = KeyFile.read(file("# who may train\n\nalice  " + ALICE + "\n"));

        assertThat(ring.identify(KeyDigest.of("key"))).isEqualTo(new User("alice", Optional.empty()));
    }

    @Test
    void isRefusedAsLongAsItIsNotWholeWhereverItStops() throws Exception {
        String whole = TWO_KEYS.strip();
        for (int length = 0; length < whole.length(); length++) {
            Path half = file(whole.substring(0, length));

            assertThatExceptionOfType(InvalidKeyFile.class)
                    .as("the first %d characters", length)
                    .isThrownBy(() -> KeyFile.read(half));
        }
    }

    @Test
    void tellsEverythingThatIsWrongWithItAndWhere() throws Exception {
        Path file = file("""
                {"keys": [
                  {"name": "alice", "tier": "gold", "sha256": "%s"},
                  {"name": "alice", "sha256": "%s"},
                  {"name": "a b", "sha256": "12"},
                  {"name": "carol", "teir": "pro", "sha256": "%s"},
                  "dave"
                ], "version": 2}
                """.formatted(ALICE, ALICE, BOB));

        assertThat(problems(file))
                .containsExactly(
                        "\"version\": no member of that name; accepted is \"keys\"",
                        "keys[0]: \"gold\" is no tier; accepted are free, pro and enterprise",
                        "keys[1]: \"alice\" has a key already, at keys[0]",
                        "keys[1]: the same key as at keys[0]",
                        "keys[2]: \"a b\" is no name for a user; accepted are 1 to 64 letters, digits, dots, hyphens,"
                                + " underscores and at signs, the first a letter or digit",
                        "keys[2]: no SHA-256, which are 64 hexadecimal digits",
                        "keys[3]: no member \"teir\"; accepted are \"name\", \"tier\" and \"sha256\"",
                        "keys[4]: accepted is an object with \"name\", \"tier\" and \"sha256\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"keys\": [{\"name\": \"a\\u0000b\", \"sha256\": \"12\"}]} | \"a\\u0000b\" is no name",
                "{\"keys\": [{\"name\": \"a\\nb\", \"sha256\": \"12\"}]}     | \"a\\u000ab\" is no name",
                "{\"keys\": {}}                                             | \"keys\": accepted is a list",
                "{}                                                         | \"keys\": accepted is a list",
                "{\"keys\": [], \"keys\": []}                               | line 1, column",
                "{\"keys\": []} {}                                          | line 1, column",
                "{\"keys\": [{\"name\": 7, \"sha256\": null}]}              | keys[0]: no SHA-256",
                "alice                                                      | line 1: not a name",
                "[]                                                         | line 1: not a name",
            })
    void saysWhatIsWrong(String text, String expected) throws Exception {
        assertThat(problems(file(text)))
                .anySatisfy(problem -> assertThat(problem).contains(expected));
    }

    @Test
    void isRefusedWhenItCannotBeRead() throws Exception {
        Path latin1 = Files.write(directory.resolve("latin1"), "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(problems(directory.resolve("none")))
                .singleElement()
                .asString()
                .startsWith("there is no such file");
        assertThat(problems(directory)).singleElement().asString().startsWith("it cannot be read");
        assertThat(problems(latin1)).containsExactly("it is not UTF-8");
    }

    @Test
    void isReadAsItIsWritten() throws Exception {
        List<KeyEntry> entries = KeyFile.read(file(TWO_KEYS)).entries();

        assertThat(KeyFileText.parse(KeyFileText.format(entries))).isEqualTo(entries);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("keys.json"), text);
    }

    private static List<String> problems(Path file) {
        return catchThrowableOfType(InvalidKeyFile.class, () -> KeyFile.read(file))
                .problems();
    }
}
