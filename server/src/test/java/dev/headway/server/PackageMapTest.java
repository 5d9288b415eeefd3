package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map of the server's packages in docs/architecture.md, held against the packages. */
class PackageMapTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(server[a-z.]*)` \\| (.+) \\|$");
    private static final Pattern SENTENCE = Pattern.compile("/\\*\\* (.+) \\*/\\s+@NullMarked");

    @Test
    void namesEveryPackageWithTheSentenceThatSaysWhatItIs() throws IOException {
        Map<String, String> map = new TreeMap<>();
        ROW.matcher(RepositoryFile.read("docs/architecture.md"))
                .results()
                .forEach(row -> map.put(row.group(1), row.group(2)));

        assertThat(map).isEqualTo(packages());
    }

    private static Map<String, String> packages() throws IOException {
        Path sources = RepositoryFile.find("server/src/main/java/dev/headway");
        Map<String, String> packages = new TreeMap<>();
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.endsWith("package-info.java"))
                    .forEach(file -> packages.put(name(sources.relativize(file.getParent())), sentence(file)));
        }
        return packages;
    }

    private static String name(Path directory) {
        return directory.toString().replace('/', '.');
    }

    private static String sentence(Path file) {
        return SENTENCE.matcher(RepositoryFile.text(file))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
    }
}
