package dev.headway.limiter.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Claims that nothing becomes public unnoticed: whoever adds a member changes the listing, and gives a reason for each type. Threads do not share it. */
class SurfaceTest {
    private static final Path LISTING = Path.of("src/test/resources/surface.txt");
    private static final Path REASONS = Path.of("docs/surface.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([\\w.]+)` \\| (.*\\S) \\|$", Pattern.MULTILINE);
    private static final String UPDATE =
            "mvn -o -q -pl limiter test -Dtest=SurfaceTest -Dsurefire.failIfNoSpecifiedTests=false -Dheadway.surface=write";

    @Test
    void nothingIsPublicThatTheListingDoesNotName() throws IOException {
        List<String> lines = Surface.ofLibrary().lines();
        if (System.getProperty("headway.surface", "").equals("write")) {
            Files.write(LISTING, lines);
        }

        assertThat(Files.readAllLines(LISTING))
                .as(
                        "limiter/%s is out of date; if the change of the public surface is meant, run%n  %s%n",
                        LISTING, UPDATE)
                .isEqualTo(lines);
    }

    @Test
    void everyPublicTypeHasAReason() throws IOException {
        List<String> types = Surface.ofLibrary().typeNames();

        List<MatchResult> rows =
                ROW.matcher(Files.readString(REASONS)).results().toList();

        assertThat(rows)
                .as("limiter/%s has one row for each public type: | `Type` | why it is public |%n", REASONS)
                .extracting(row -> row.group(1))
                .containsExactlyInAnyOrderElementsOf(types);
    }
}
