package dev.headway.limiter.complaints;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Claims about docs/complaints.md: no complaint is missing, and what it names is there. Threads do not share it. */
class ComplaintsPageTest {
    private static final Path PAGE = Path.of("docs/complaints.md");
    private static final Path HERE = Path.of("src/test/java/dev/headway/limiter/complaints");
    private static final List<Path> TEST_SOURCES = Stream.of("limiter", "limiter-redis", "server")
            .map(module -> Path.of("..", module, "src/test/java"))
            .toList();

    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\| (.+?) \\| (.+) \\|$", Pattern.MULTILINE);
    private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern TEST_OF_COMPLAINTS =
            Pattern.compile("/\\*\\* (\\d+(?: and \\d+)*), (?:[^*]|\\*(?!/))*\\*/\\s*(?:@[^\\n]+\\s+)+void (\\w+)\\(");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    @Test
    void hasEveryComplaintOnce() throws IOException {
        List<Integer> numbers = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> Integer.valueOf(row.group(1)))
                .toList();

        assertThat(numbers)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 66).boxed().toList());
    }

    @Test
    void namesTestsThatExist() throws IOException {
        List<MatchResult> tests =
                NAMED_TEST.matcher(Files.readString(PAGE)).results().toList();

        assertThat(tests)
                .isNotEmpty()
                .allSatisfy(test -> assertThat(sourceOf(test.group(1)))
                        .as("a test of the name %s", test.group())
                        .contains("void " + test.group(2) + "("));
    }

    @Test
    void givesEveryComplaintTheTestsThatBearItsNumber() throws IOException {
        Set<Claim> onThePage = new HashSet<>();
        ROW.matcher(Files.readString(PAGE))
                .results()
                .forEach(row -> claimsOf(row).forEach(onThePage::add));

        Set<Claim> inTheTests = new HashSet<>();
        filesUnder(HERE).forEach(file -> claimsIn(file).forEach(inTheTests::add));

        assertThat(inTheTests).isNotEmpty().containsExactlyInAnyOrderElementsOf(onThePage);
    }

    /** That a test is about a complaint. */
    private record Claim(int number, String test) {}

    private static Stream<Claim> claimsOf(MatchResult row) {
        return NAMED_TEST
                .matcher(row.group(3))
                .results()
                .filter(test -> Files.exists(HERE.resolve(test.group(1) + ".java")))
                .map(test -> new Claim(Integer.parseInt(row.group(1)), test.group(1) + "." + test.group(2)));
    }

    private static Stream<Claim> claimsIn(Path file) {
        String testClass = file.getFileName().toString().replace(".java", "");
        return TEST_OF_COMPLAINTS
                .matcher(read(file))
                .results()
                .flatMap(test -> NUMBER.matcher(test.group(1))
                        .results()
                        .map(number -> new Claim(Integer.parseInt(number.group()), testClass + "." + test.group(2))));
    }

    private static String sourceOf(String testClass) {
        return TEST_SOURCES.stream()
                .flatMap(ComplaintsPageTest::filesUnder)
                .filter(file -> file.endsWith(testClass + ".java"))
                .map(ComplaintsPageTest::read)
                .reduce("", String::concat);
    }

    private static Stream<Path> filesUnder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
