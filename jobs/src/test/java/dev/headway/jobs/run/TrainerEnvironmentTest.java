package dev.headway.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.job.JobId;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrainerEnvironmentTest {
    private static final Map<String, String> SERVER = Map.of(
            "HOME", "/home/u",
            "HF_HOME", "/models",
            "FILESYSTEM_API_KEY", "secret",
            "TRAINER_THREADS", "3",
            "OMP_WAIT_POLICY", "ACTIVE",
            "JOB_ID", "of-the-server");

    @Test
    void handsOnWhatIsNamedAndNoSecret() {
        assertThat(environment(Set.of()))
                .containsEntry("HOME", "/home/u")
                .containsEntry("HF_HOME", "/models")
                .containsEntry("JOB_ID", "a")
                .containsEntry("JOB_USER_ID", "u1")
                .containsEntry("OMP_WAIT_POLICY", "PASSIVE")
                .containsEntry("TRAINER_THREADS", "2")
                .doesNotContainKey("FILESYSTEM_API_KEY");
    }

    @Test
    void letsWhatThePassthroughNamesReplaceTheDefaultsButNotTheJob() {
        assertThat(environment(Set.of("TRAINER_THREADS", "OMP_WAIT_POLICY", "JOB_ID")))
                .containsEntry("OMP_WAIT_POLICY", "ACTIVE")
                .containsEntry("TRAINER_THREADS", "3")
                .containsEntry("JOB_ID", "a");
    }

    private static Map<String, String> environment(Set<String> passthrough) {
        TrainerSettings settings = new TrainerSettings(
                TrainerCommand.parse("true"), Path.of("."), SERVER, passthrough, Map.of("TRAINER_THREADS", "2"));
        AttemptOrder order = new AttemptOrder(new AttemptName(JobId.parse("a"), 1), "u1", "token");
        return TrainerEnvironment.make(settings, order, Path.of("attempts"));
    }
}
