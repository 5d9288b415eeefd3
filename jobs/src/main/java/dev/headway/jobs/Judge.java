package dev.headway.jobs;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobBuilder;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.run.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what is to be done about an attempt, from the stored job and what is seen of it. Immutable, for any number of
 * threads; it does nothing itself.
 *
 * <p>The engine asks it at every tick and after every start, and there is no other path: a server that has just started
 * knows from the store what it wanted and from the runner what became of it. Whatever happened in between, each row below
 * can be repeated.
 *
 * <pre>
 *  seen          STARTING, RUNNING                           PAUSING, CANCELLING
 *  unknown       wait                                        wait
 *  unclaimed     revoke                                      revoke
 *  beginning     wait                                        leave word not to begin; KILL after the deadline
 *  running       RUNNING; stop it if it makes no progress    TERM; KILL after the deadline
 *  leftover      set a deadline; TERM; KILL after it         TERM; KILL after the deadline
 *  ended 0       COMPLETED                                   CANCELLED; PAUSED, but COMPLETED if it says so
 *  ended else    FAILED                                      CANCELLED, PAUSED
 *  lost          QUEUED with its checkpoint, or FAILED       CANCELLED, PAUSED
 *  never ran     QUEUED, or FAILED after some tries          CANCELLED, PAUSED
 *  revoked       QUEUED                                      CANCELLED, PAUSED
 * </pre>
 *
 * <p>An attempt that is stopped for lack of progress stays RUNNING, with a deadline and the error that it will fail with.
 */
final class Judge {
    private static final int MAX_START_FAILURES = 3;
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration PASSING_DELAY = Duration.ofSeconds(5);

    private final QueueRules rules;
    private final Patience patience;

    Judge(QueueRules rules, Patience patience) {
        this.rules = rules;
        this.patience = patience;
    }

    /** What is to be done. Immutable. */
    sealed interface Verdict {
        /** Nothing. */
        record Wait() implements Verdict {}

        /** Make sure that it never runs, and look again. */
        record Revoke() implements Verdict {}

        /** Ask it to stop, once. */
        record AskToStop() implements Verdict {}

        /** End it. */
        record Kill() implements Verdict {}

        /** Store the changed job; if it is queued now, at the head, where it came from. */
        record Store(Job job) implements Verdict {}
    }

    /**
     * Decides.
     *
     * @param job the job, with what its trainer last wrote
     * @param sighting what is seen of its attempt
     * @param lastCheckpoint the path of the job's last checkpoint, if the attempt is lost and there is one
     * @param now the time
     * @return what is to be done
     */
    Verdict judge(Job job, Sighting sighting, Optional<String> lastCheckpoint, Instant now) {
        if (sighting instanceof Sighting.Unknown) {
            return new Verdict.Wait();
        }
        if (sighting instanceof Sighting.Unclaimed) {
            return new Verdict.Revoke();
        }
        if (sighting instanceof Sighting.Beginning) {
            return job.state().isStopping() ? stop(job, now) : new Verdict.Wait();
        }
        if (sighting instanceof Sighting.Running running) {
            return judgeRunning(job, running.pid(), now);
        }
        if (sighting instanceof Sighting.Leftover) {
            return job.stopDeadline().isPresent() ? stop(job, now) : stopBy(job, now.plus(patience.remnants()));
        }
        return new Verdict.Store(end(job, sighting, lastCheckpoint, now));
    }

    private Verdict judgeRunning(Job job, long pid, Instant now) {
        if (job.stopDeadline().isPresent()) {
            return stop(job, now);
        }
        if (job.state() == JobState.STARTING) {
            return new Verdict.Store(begin(job, pid, now));
        }
        Instant lastSign = job.lastSignOfLife().orElse(now);
        if (lastSign.plus(patience.progress()).isAfter(now)) {
            return new Verdict.Wait();
        }
        return stopBy(
                job.change()
                        .errorMessage(Messages.noProgress(patience.progress()))
                        .build(),
                now.plus(patience.cancel()));
    }

    private static Job begin(Job job, long pid, Instant now) {
        return job.change()
                .become(JobState.RUNNING)
                .pid(pid)
                .startedAt(now)
                .lastSignOfLife(now)
                .startFailures(0)
                .build();
    }

    private static Verdict stop(Job job, Instant now) {
        boolean overdue =
                job.stopDeadline().filter(deadline -> !deadline.isAfter(now)).isPresent();
        return overdue ? new Verdict.Kill() : new Verdict.AskToStop();
    }

    private static Verdict stopBy(Job job, Instant deadline) {
        return new Verdict.Store(job.change().stopDeadline(deadline).build());
    }

    private Job end(Job job, Sighting sighting, Optional<String> lastCheckpoint, Instant now) {
        return switch (job.state()) {
            case CANCELLING -> cancelled(job, now);
            case PAUSING -> hadFinished(job, sighting) ? completed(job, now) : paused(job, now);
            default -> endUnasked(job, sighting, lastCheckpoint, now);
        };
    }

    private static boolean hadFinished(Job job, Sighting sighting) {
        return sighting instanceof Sighting.Ended ended
                && ended.code() == 0
                && job.progress().saysCompleted();
    }

    private Job endUnasked(Job job, Sighting sighting, Optional<String> lastCheckpoint, Instant now) {
        if (job.errorMessage().isPresent()) {
            return failed(job, job.errorMessage().get(), now);
        }
        if (sighting instanceof Sighting.Ended ended) {
            return ended.code() == 0 ? completed(job, now) : failed(job, Messages.exitCode(job, ended.code()), now);
        }
        if (sighting instanceof Sighting.NeverRan neverRan) {
            return neverRan(job, neverRan, now);
        }
        return sighting instanceof Sighting.Lost
                ? lost(job, lastCheckpoint, now)
                : queuedAgain(job).build();
    }

    private static Job neverRan(Job job, Sighting.NeverRan neverRan, Instant now) {
        if (neverRan.passing()) {
            return queuedAgain(job).notBefore(now.plus(PASSING_DELAY)).build();
        }
        int failures = job.startFailures() + 1;
        if (failures >= MAX_START_FAILURES) {
            return failed(job, Messages.notStarted(neverRan.reason()), now);
        }
        return queuedAgain(job)
                .startFailures(failures)
                .notBefore(now.plus(FIRST_DELAY.multipliedBy(failures)))
                .build();
    }

    private Job lost(Job job, Optional<String> lastCheckpoint, Instant now) {
        if (job.restarts() >= rules.maxRestarts()) {
            return failed(job, Messages.lost(job.restarts()), now);
        }
        JobBuilder again = queuedAgain(job).restarts(job.restarts() + 1);
        return lastCheckpoint.map(again::resumeFrom).orElse(again).build();
    }

    private static JobBuilder queuedAgain(Job job) {
        return job.change().become(JobState.QUEUED).withoutStopDeadline().withoutPid();
    }

    private static Job completed(Job job, Instant now) {
        return job.change()
                .become(JobState.COMPLETED)
                .progress(job.progress().atTheEnd())
                .completedAt(now)
                .withoutStopDeadline()
                .build();
    }

    private static Job paused(Job job, Instant now) {
        return job.change()
                .become(JobState.PAUSED)
                .pausedAt(now)
                .withoutStopDeadline()
                .build();
    }

    private static Job cancelled(Job job, Instant now) {
        return job.change()
                .become(JobState.CANCELLED)
                .completedAt(now)
                .errorMessage(Messages.CANCELLED)
                .withoutStopDeadline()
                .build();
    }

    private static Job failed(Job job, String message, Instant now) {
        return job.change()
                .become(JobState.FAILED)
                .completedAt(now)
                .errorMessage(message)
                .withoutStopDeadline()
                .build();
    }

    /** Fails a job whose trainer cannot be started at all. */
    static Job impossible(Job job, String reason, Instant now) {
        return failed(job, Messages.notStarted(reason), now);
    }
}
