package dev.headway.benchmarks.comingfrom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What coming-from.md shows is what runs in this package. Threads do not share it. */
class ComingFromPageTest {
    private static final Path PAGE = Path.of("../limiter/docs/coming-from.md");
    private static final Path TESTS = Path.of("src/test/java/dev/headway/benchmarks/comingfrom");
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void everySnippetIsARegionOfATestOfThisPackage() throws IOException {
        List<String> snippets = JAVA_BLOCK
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
        List<String> tests = sources();

        assertThat(snippets).hasSizeGreaterThan(10);
        assertThat(snippets)
                .allSatisfy(snippet -> assertThat(tests).anyMatch(test -> test.contains(withoutSpaces(snippet))));
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.map(ComingFromPageTest::read)
                    .map(ComingFromPageTest::withoutSpaces)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static String withoutSpaces(String text) {
        return text.replaceAll("\\s+", "");
    }
}
