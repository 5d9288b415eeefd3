package dev.headway.server.config;

import dev.headway.server.caller.KeyDigest;
import dev.headway.server.http.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the keys that callers must show; stateless.
 *
 * <p>A file of keys has a line for each, a name and the SHA-256 of the key in hexadecimal digits, with a blank between;
 * empty lines and those that begin with {@code #} say nothing. Such a line is made by
 * {@code printf 'alice %s\n' "$(printf %s "$KEY" | sha256sum | cut -d' ' -f1)"}.
 */
final class KeyReader {
    private KeyReader() {}

    static Keys read(SettingReader reader, Machine machine) {
        return new Keys(training(reader, machine), filesystem(reader));
    }

    private static Optional<KeyDigest> filesystem(SettingReader reader) {
        if (!reader.isSet(Variable.FILESYSTEM_API_KEY)) {
            return Optional.empty();
        }
        Setting setting = reader.setting(Variable.FILESYSTEM_API_KEY);
        if (setting.text().isBlank()) {
            reader.problems().add(setting, "it is empty, which would protect nothing; set a key, or unset it");
        }
        return Optional.of(KeyDigest.of(setting.text()));
    }

    private static Optional<Set<KeyDigest>> training(SettingReader reader, Machine machine) {
        if (!reader.isSet(Variable.API_KEYS_FILE)) {
            return Optional.empty();
        }
        Setting setting = reader.setting(Variable.API_KEYS_FILE);
        if (setting.text().isBlank()) {
            reader.problems().add(setting, "it is empty, which would protect nothing; name a file, or unset it");
            return Optional.empty();
        }
        Path file = machine.path(setting.text().strip());
        try {
            return Optional.of(keys(file, Files.readAllLines(file), reader.problems()));
        } catch (IOException unreadable) {
            reader.problems().add(setting, "the file cannot be read: " + unreadable);
            return Optional.empty();
        }
    }

    private static Set<KeyDigest> keys(Path file, List<String> lines, Problems problems) {
        Set<KeyDigest> keys = new HashSet<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                key(line).ifPresentOrElse(keys::add, complain(file, number, problems));
            }
        }
        if (keys.isEmpty()) {
            problems.add(file + " has no keys in it, so nobody could use the training routes");
        }
        return keys;
    }

    private static Runnable complain(Path file, int number, Problems problems) {
        return () -> problems.add(file + ", line " + number + ": not a name, a blank and the 64 digits of a SHA-256");
    }

    private static Optional<KeyDigest> key(String line) {
        String[] words = line.split("\\s+", -1);
        if (words.length != 2 || !words[1].matches("[0-9a-fA-F]{64}")) {
            return Optional.empty();
        }
        return Optional.of(KeyDigest.parse(words[1]));
    }
}
