package dev.headway.jobs.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JobStateTest {
    /** Written out once more, by cause and not by state, so that a slip in either is seen. */
    private static final Set<String> MOVES = Set.of(
            // A slot is free; the trainer is seen to run.
            "QUEUED>STARTING",
            "STARTING>RUNNING",
            // It ends by itself.
            "STARTING>COMPLETED",
            "RUNNING>COMPLETED",
            "STARTING>FAILED",
            "RUNNING>FAILED",
            // It did not come to run, or was lost.
            "STARTING>QUEUED",
            "RUNNING>QUEUED",
            // Pause.
            "STARTING>PAUSING",
            "RUNNING>PAUSING",
            "PAUSING>PAUSED",
            "PAUSING>COMPLETED",
            // Cancel.
            "STARTING>CANCELLING",
            "RUNNING>CANCELLING",
            "PAUSING>CANCELLING",
            "CANCELLING>CANCELLED",
            "QUEUED>CANCELLED",
            "PAUSED>CANCELLED",
            // Resume and force-start.
            "PAUSED>QUEUED",
            "FAILED>QUEUED",
            "CANCELLED>QUEUED");

    @Test
    void allowsTheMovesOfTheTableAndNoOthers() {
        Set<String> allowed = new TreeSet<>();
        for (JobState from : JobState.values()) {
            for (JobState to : JobState.values()) {
                if (from.mayBecome(to)) {
                    allowed.add(from + ">" + to);
                }
            }
        }

        assertThat(allowed).isEqualTo(new TreeSet<>(MOVES));
    }

    @Test
    void refusesToBuildAJobByAnIllegalMove() {
        Job completed = new JobBuilder(new JobId("a"), "ann", "job", Instant.EPOCH)
                .storedState(JobState.COMPLETED)
                .build();

        assertThatThrownBy(() -> completed.change().become(JobState.FAILED))
                .isInstanceOf(IllegalMove.class)
                .hasMessage("job a cannot move from COMPLETED to FAILED");
    }

    @Test
    void showsClientsTheSevenStatesTheyKnow() {
        Set<String> names =
                Arrays.stream(JobState.values()).map(JobState::wireName).collect(Collectors.toSet());

        assertThat(names)
                .containsExactlyInAnyOrder(
                        "queued", "pending", "running", "paused", "completed", "failed", "cancelled");
        assertThat(JobState.STARTING.wireName()).isEqualTo("pending");
        assertThat(JobState.PAUSING.wireName()).isEqualTo("running");
        assertThat(JobState.CANCELLING.wireName()).isEqualTo("running");
    }

    @Test
    void readsItsStoredNamesBack() {
        assertThat(JobState.values())
                .allSatisfy(state ->
                        assertThat(JobState.ofStoredName(state.storedName())).isEqualTo(state));
    }
}
