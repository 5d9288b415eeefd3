package dev.headway.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.run.Sighting;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the engine takes over of what trainers tell of themselves. */
class EngineProgressTest extends SteppedEngine {
    @Test
    void keepsTheLastGoodProgressWhenTheFileIsBroken() {
        fixture.running("a");
        fixture.writeProgress("a", "{\"current_step\":5,\"metrics_history\":[{\"step\":5,\"train_loss\":1}]}");
        fixture.engine.step();
        for (String broken : new String[] {"", "{\"current_step\":", "[1,2]", "garbage", "{} {}"}) {
            fixture.writeProgress("a", broken);
            fixture.clock.advance(Duration.ofSeconds(1));
            fixture.engine.step();
        }

        assertThat(fixture.state("a")).isEqualTo(JobState.RUNNING);
        assertThat(fixture.job("a").progress().whole("current_step")).hasValue(5);
        assertThat(fixture.engine.metrics(new JobId("a"))).hasSize(1);
    }

    @Test
    void takesTheLastMetricsTogetherWithTheEnd() {
        fixture.running("a");
        fixture.writeProgress("a", "{\"current_step\":9,\"metrics_history\":[{\"step\":9,\"train_loss\":0.25}]}");

        fixture.see("a", 1, new Sighting.Ended(0));

        assertThat(fixture.state("a")).isEqualTo(JobState.COMPLETED);
        assertThat(fixture.job("a").progress().whole("current_step")).hasValue(9);
        assertThat(fixture.engine.metrics(new JobId("a")))
                .singleElement()
                .satisfies(point -> assertThat(point.values().text()).isEqualTo("{\"step\":9,\"train_loss\":0.25}"));
    }

    @Test
    void doesNotTakeTheProgressOfAnEarlierRunForThatOfANewOne() {
        fixture.running("a");
        fixture.writeProgress("a", "{\"status\":\"completed\",\"current_step\":9}");
        fixture.see("a", 1, new Sighting.Ended(1));

        fixture.engine.forceStart(new JobId("a"));
        fixture.engine.step();

        assertThat(fixture.state("a")).isEqualTo(JobState.STARTING);
        assertThat(Files.exists(fixture.engine.workspace().progress(new JobId("a"))))
                .isFalse();
        assertThat(fixture.job("a").progress().whole("current_step")).isEmpty();
    }
}
