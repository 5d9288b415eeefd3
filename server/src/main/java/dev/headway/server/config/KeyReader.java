package dev.headway.server.config;

import dev.headway.server.caller.keys.InvalidKeyFile;
import dev.headway.server.caller.keys.KeyDigest;
import dev.headway.server.caller.keys.KeyFile;
import dev.headway.server.caller.keys.KeyRing;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the keys that callers must show; stateless. */
final class KeyReader {
    private static final String EMPTY = "it is empty, which would protect nothing; ";

    private KeyReader() {}

    static KeySettings read(SettingReader reader, Machine machine) {
        Optional<Path> usersFile = usersFile(reader, machine);
        return new KeySettings(
                usersFile,
                usersFile.map(file -> users(reader, file)).orElse(KeyRing.empty()),
                key(reader, Variable.FILESYSTEM_API_KEY),
                key(reader, Variable.ADMIN_API_KEY),
                key(reader, Variable.METRICS_API_KEY));
    }

    private static Optional<KeyDigest> key(SettingReader reader, Variable variable) {
        if (!reader.isSet(variable)) {
            return Optional.empty();
        }
        Setting setting = reader.setting(variable);
        if (setting.text().isBlank()) {
            reader.problems().add(setting, EMPTY + "set a key, or unset it");
        }
        return Optional.of(KeyDigest.of(setting.text()));
    }

    private static Optional<Path> usersFile(SettingReader reader, Machine machine) {
        if (!reader.isSet(Variable.API_KEYS_FILE)) {
            return Optional.empty();
        }
        Setting setting = reader.setting(Variable.API_KEYS_FILE);
        if (setting.text().isBlank()) {
            reader.problems().add(setting, EMPTY + "name a file, or unset it");
            return Optional.empty();
        }
        return Optional.of(machine.path(setting.text().strip()));
    }

    private static KeyRing users(SettingReader reader, Path file) {
        try {
            return KeyFile.read(file);
        } catch (InvalidKeyFile unusable) {
            unusable.problems()
                    .forEach(problem -> reader.problems().add(reader.setting(Variable.API_KEYS_FILE), problem));
            return KeyRing.empty();
        }
    }
}
