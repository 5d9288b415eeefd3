package dev.headway.trainer.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.trainer.files.Json;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class ProgressFileTest {
    @TempDir
    private Path directory = Path.of(".");

    private final ManualTicker ticker = new ManualTicker();

    @Test
    void writesAtMostFiveTimesASecondUnlessItMust() {
        ProgressFile file = new ProgressFile(directory, ticker);

        file.offer(() -> step(1));
        file.offer(() -> step(2));
        assertThat(written()).isEqualTo(1);

        ticker.advance(Duration.ofMillis(199));
        file.offer(() -> step(3));
        assertThat(written()).isEqualTo(1);

        ticker.advance(Duration.ofMillis(1));
        file.offer(() -> step(4));
        assertThat(written()).isEqualTo(4);

        file.write(() -> step(5));
        assertThat(written()).isEqualTo(5);
    }

    @Test
    void writesNoMoreThanATwentiethOfTheTimeWhenWritingIsSlow() {
        ProgressFile file = new ProgressFile(directory, ticker);

        file.offer(() -> slowly(step(1), Duration.ofMillis(50)));
        ticker.advance(Duration.ofMillis(999));
        file.offer(() -> step(2));
        assertThat(written()).isEqualTo(1);

        ticker.advance(Duration.ofMillis(1));
        file.offer(() -> step(3));
        assertThat(written()).isEqualTo(3);
    }

    private ObjectNode slowly(ObjectNode progress, Duration cost) {
        ticker.advance(cost);
        return progress;
    }

    private static ObjectNode step(int step) {
        return Json.object().put("current_step", step);
    }

    private int written() {
        return Json.readObject(directory.resolve("progress.json"))
                .path("current_step")
                .asInt();
    }
}
