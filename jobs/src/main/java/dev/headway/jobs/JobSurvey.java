package dev.headway.jobs;

import dev.headway.jobs.job.JobState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How many jobs stand where. Immutable.
 *
 * @param counts how many jobs there are in each state; a state that is missing has none
 * @param oldestWaiting when the job was submitted that has waited longest for its first attempt; absent if none waits
 */
public record JobSurvey(Map<JobState, Integer> counts, Optional<Instant> oldestWaiting) {
    /** Copies the counts. */
    public JobSurvey {
        counts = Map.copyOf(counts);
    }

    /**
     * Tells how many jobs are in a state.
     *
     * @param state the state
     * @return how many
     */
    public int count(JobState state) {
        return counts.getOrDefault(state, 0);
    }
}
