package dev.headway.server.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where settings come from; immutable, so threads may share it.
 *
 * <p>First the command line, then the environment, then {@code .env.local}, or {@code .env} where there is no
 * {@code .env.local}, in the working directory.
 */
public final class Environment {
    private static final String LAUNCHER_VARIABLE = "HEADWAY_JAVA_OPTS";

    private final Map<Variable, Setting> settings;
    private final Set<String> names;
    private final List<String> problems;

    private Environment(Map<Variable, Setting> settings, Set<String> names, List<String> problems) {
        this.settings = settings;
        this.names = names;
        this.problems = problems;
    }

    /**
     * Reads everything there is; what is wrong with a file is told when settings are made of it.
     *
     * @param options what the command line says, by the variables that it stands in for
     * @param process the variables of this process
     * @param directory the working directory
     */
    public static Environment read(Map<Variable, String> options, Map<String, String> process, Path directory) {
        Problems problems = new Problems();
        Map<Variable, Setting> settings = new LinkedHashMap<>();
        Set<String> names = new TreeSet<>(process.keySet());
        options.forEach((variable, text) -> settings.put(variable, new Setting(variable, text, "on the command line")));
        process.forEach((name, text) -> add(settings, name, text, "in the environment"));
        readFile(directory, problems).forEach((name, entry) -> {
            names.add(name);
            add(
                    settings,
                    name,
                    entry.value().value(),
                    "in " + entry.file() + ", line " + entry.value().line());
        });
        return new Environment(settings, names, problems.sentences());
    }

    /** Returns the setting that counts, be it the default. */
    Setting get(Variable variable) {
        return settings.getOrDefault(variable, new Setting(variable, variable.defaultText(), "by default"));
    }

    /** Finds what somebody has set a variable to. */
    public Optional<String> find(Variable variable) {
        return Optional.ofNullable(settings.get(variable)).map(Setting::text);
    }

    /** Returns whether somebody has set a variable. */
    boolean isSet(Variable variable) {
        return settings.containsKey(variable);
    }

    List<String> problems() {
        return problems;
    }

    /** Returns sentences about variables that look as if they were meant for this server, and are not read by it. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (String name : names) {
            if (name.startsWith("RATELIMIT_")) {
                warnings.add(name + " is set but not read by this server; its variables begin with RATE_LIMIT_");
            } else if (isOurs(name) && Variable.find(name).isEmpty()) {
                warnings.add(name + " is set but no variable of this server has that name");
            }
        }
        return warnings;
    }

    private static boolean isOurs(String name) {
        return name.startsWith("RATE_LIMIT_")
                || name.startsWith("DYNAMIC_LIMIT_")
                || (name.startsWith("HEADWAY_") && !name.equals(LAUNCHER_VARIABLE));
    }

    private static void add(Map<Variable, Setting> settings, String name, String text, String origin) {
        Variable.find(name).ifPresent(variable -> settings.putIfAbsent(variable, new Setting(variable, text, origin)));
    }

    private record FileEntry(String file, DotEnv.Entry value) {}

    private static Map<String, FileEntry> readFile(Path directory, Problems problems) {
        for (String name : List.of(".env.local", ".env")) {
            Path file = directory.resolve(name);
            if (Files.exists(file)) {
                Map<String, FileEntry> entries = new LinkedHashMap<>();
                DotEnv.parse(name, lines(file, problems), problems)
                        .forEach((key, entry) -> entries.put(key, new FileEntry(name, entry)));
                return entries;
            }
        }
        return Map.of();
    }

    private static List<String> lines(Path file, Problems problems) {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException notUtf8) {
            problems.add(file + " is not UTF-8");
        } catch (IOException unreadable) {
            problems.add(file + " cannot be read: " + unreadable.getMessage());
        }
        return List.of();
    }
}
