package dev.headway.limiter.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The pictures in {@code docs/} show what the algorithms do, and the README shows them all. Threads do not share it. */
class PicturesTest {
    private static final String WRITE = "headway.pictures";
    private static final String HOW = "%s is out of date; if the change is meant, run%n"
            + "  mvn -o -q -pl limiter test -Dtest=PicturesTest -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE
            + "=write%n";

    @ParameterizedTest
    @EnumSource
    void thePictureIsWhatTheAlgorithmDoes(Algorithm algorithm) throws IOException {
        Path file = Path.of("docs", algorithm + ".svg");
        String drawn = Picture.of(Run.of(algorithm));
        if ("write".equals(System.getProperty(WRITE))) {
            Files.writeString(file, drawn);
        }

        assertThat(Files.readString(file)).as(HOW, file).isEqualTo(drawn);
    }

    @ParameterizedTest
    @CsvSource({"sliding-window, 10", "sliding-window-counter, 18", "fixed-window, 19", "token-bucket, 19", "pacing, 10"
    })
    void theArrivalsShowWhatSetsTheAlgorithmsApart(String algorithm, int most) {
        assertThat(Run.of(Algorithm.parse(algorithm)).most()).isEqualTo(most);
    }

    @Test
    void theReadmeShowsAllPictures() throws IOException {
        String readme = Files.readString(Path.of("README.md"));

        assertThat(List.of(Algorithm.values()))
                .allSatisfy(algorithm -> assertThat(readme).contains("(docs/" + algorithm + ".svg)"));
    }
}
