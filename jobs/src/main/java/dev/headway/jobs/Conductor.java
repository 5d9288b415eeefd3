package dev.headway.jobs;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobBuilder;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.metric.MetricPoint;
import dev.headway.jobs.metric.ProgressFollower;
import dev.headway.jobs.metric.ProgressReading;
import dev.headway.jobs.run.AttemptName;
import dev.headway.jobs.run.AttemptOrder;
import dev.headway.jobs.run.AttemptRunner;
import dev.headway.jobs.run.Sighting;
import dev.headway.jobs.run.StartResult;
import dev.headway.jobs.store.JobStore;
import dev.headway.jobs.store.Place;
import dev.headway.jobs.workspace.Workspace;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves every job as far as it can be moved now: looks, has the {@link Judge} decide, and does it. One step at a time.
 *
 * <p>The store is written before anything is done to a process, and a write that somebody else has overtaken is dropped:
 * the next step sees the job as it is then. So a crash between any two lines here loses nothing.
 */
final class Conductor {
    private static final Logger LOG = LoggerFactory.getLogger(Conductor.class);

    private final JobStore store;
    private final AttemptRunner runner;
    private final Workspace workspace;
    private final JobFiles files;
    private final ProgressFollower follower;
    private final LogBound logBound;
    private final Judge judge;
    private final Waiters waiters;
    private final JobListener listener;
    private final QueueRules rules;
    private final Supplier<Instant> now;

    /** What this server has asked to stop; another one after it asks again, as it cannot know. */
    private final Set<StopAsked> stopAsked = new HashSet<>();

    /** An attempt, and how far it was when it was asked: what is asked to stop changes with that. */
    private record StopAsked(AttemptName name, Class<? extends Sighting> seen) {}

    Conductor(
            JobStore store,
            AttemptRunner runner,
            Workspace workspace,
            EngineSettings settings,
            Waiters waiters,
            JobListener listener,
            Supplier<Instant> now) {
        this.store = store;
        this.runner = runner;
        this.workspace = workspace;
        this.files = new JobFiles(workspace);
        this.follower = new ProgressFollower(workspace);
        this.logBound = new LogBound(workspace, settings.maxLogBytes());
        this.judge = new Judge(settings.queue(), settings.patience());
        this.waiters = waiters;
        this.listener = listener;
        this.rules = settings.queue();
        this.now = now;
    }

    /** {@return whether an attempt is about to begin or end, so that another step should follow soon} */
    synchronized boolean step() {
        List<Job> active = store.active();
        Map<AttemptName, Sighting> sightings =
                runner.look(active.stream().map(Conductor::attempt).collect(Collectors.toSet()));
        Failures failures = new Failures();
        for (Job job : active) {
            Sighting sighting = sightings.getOrDefault(attempt(job), new Sighting.Unknown("it was not looked at"));
            failures.collect(() -> move(job, sighting));
        }
        failures.collect(this::fillSlots);
        failures.throwIfAny();
        return store.active().stream()
                .anyMatch(job -> job.state() == JobState.STARTING || job.state().isStopping());
    }

    private void move(Job job, Sighting sighting) {
        Optional<ProgressReading> news = news(job, sighting);
        Job observed = news.map(reading -> observe(job, reading)).orElse(job);
        Judge.Verdict verdict = judge.judge(observed, sighting, checkpointIfLost(job, sighting), now.get());
        if (verdict instanceof Judge.Verdict.Store decided) {
            store(job, decided.job(), news);
            return;
        }
        if (news.isPresent()) {
            store(job, observed, news);
        }
        act(job, sighting, verdict);
    }

    private Optional<ProgressReading> news(Job job, Sighting sighting) {
        if (sighting instanceof Sighting.Running) {
            logBound.enforce(job.id());
            return follower.look(job.id(), now.get());
        }
        boolean hasRun = sighting instanceof Sighting.Leftover
                || sighting instanceof Sighting.Ended
                || sighting instanceof Sighting.Lost;
        return hasRun ? follower.lookOnceMore(job.id(), now.get()) : Optional.empty();
    }

    private void act(Job job, Sighting sighting, Judge.Verdict verdict) {
        AttemptName name = attempt(job);
        if (verdict instanceof Judge.Verdict.Revoke) {
            revoke(job);
        } else if (verdict instanceof Judge.Verdict.Kill) {
            LOG.info("attempt killed job={} attempt={}", job.id(), job.attempt());
            runner.kill(name);
        } else if (verdict instanceof Judge.Verdict.AskToStop
                && stopAsked.add(new StopAsked(name, sighting.getClass()))) {
            LOG.info("attempt asked to stop job={} attempt={}", job.id(), job.attempt());
            runner.askToStop(name);
        }
    }

    private void revoke(Job job) {
        if (runner.revoke(attempt(job))) {
            LOG.info("attempt revoked job={} attempt={}", job.id(), job.attempt());
            store.find(job.id())
                    .filter(Conductor::isActive)
                    .ifPresent(current -> move(current, new Sighting.Revoked()));
        }
    }

    private Job observe(Job job, ProgressReading reading) {
        boolean isNews = !reading.points().isEmpty() || !reading.progress().equals(job.progress());
        JobBuilder observed = job.change().progress(reading.progress());
        return isNews ? observed.lastSignOfLife(now.get()).updatedAt(now.get()).build() : observed.build();
    }

    private Optional<String> checkpointIfLost(Job job, Sighting sighting) {
        return sighting instanceof Sighting.Lost
                ? CheckpointDirectory.of(workspace, job.id()).lastPath()
                : Optional.empty();
    }

    private void store(Job before, Job after, Optional<ProgressReading> news) {
        List<MetricPoint> points = news.map(ProgressReading::points).orElse(List.of());
        boolean unchanged = points.isEmpty() && before.state() == after.state() && isSame(before, after);
        if (unchanged) {
            news.ifPresent(follower::stored);
            return;
        }
        Optional<Job> stored = write(before, after, points);
        stored.ifPresent(job -> {
            news.ifPresent(follower::stored);
            announce(before, job);
        });
    }

    private static boolean isSame(Job before, Job after) {
        return before.progress().equals(after.progress())
                && before.stopDeadline().equals(after.stopDeadline());
    }

    private Optional<Job> write(Job before, Job after, List<MetricPoint> points) {
        boolean queuedAgain = after.state() == JobState.QUEUED && before.state() != JobState.QUEUED;
        return queuedAgain ? store.enqueue(after, Place.HEAD, points) : store.update(after, points);
    }

    private void announce(Job before, Job after) {
        if (before.state() == after.state()) {
            return;
        }
        LOG.info(
                "job moved job={} attempt={} from={} to={} error={}",
                after.id(),
                after.attempt(),
                before.state(),
                after.state(),
                after.errorMessage().orElse("none"));
        if (!after.state().isActive()) {
            follower.forget(after.id());
            logBound.forget(after.id());
            stopAsked.removeIf(asked -> asked.name().job().equals(after.id()));
        }
        waiters.settle(after);
        listener.moved(before, after, now.get());
    }

    private void fillSlots() {
        int free = rules.maxConcurrent() - store.active().size();
        for (int slot = 0; slot < free; slot++) {
            Optional<Job> next = store.nextQueued(now.get());
            if (next.isEmpty()) {
                return;
            }
            begin(next.get());
        }
    }

    private void begin(Job queued) {
        Job starting = queued.change()
                .become(JobState.STARTING)
                .attempt(queued.attempt() + 1)
                .withoutNotBefore()
                .withoutPid()
                .withoutCompletedAt()
                .build();
        store.update(starting).ifPresent(job -> {
            announce(queued, job);
            order(job);
        });
    }

    private void order(Job job) {
        try {
            files.forgetProgress(job);
            files.writeConfig(job);
        } catch (IOException e) {
            giveUp(job, new Sighting.NeverRan(e.toString(), true));
            return;
        }
        StartResult result = runner.start(new AttemptOrder(attempt(job), job.userId(), job.token()));
        if (result instanceof StartResult.Impossible impossible) {
            store(job, Judge.impossible(job, impossible.reason(), now.get()), Optional.empty());
        } else if (result instanceof StartResult.FailedForNow failed) {
            giveUp(job, new Sighting.NeverRan(failed.reason(), false));
        }
    }

    /** The attempt is revoked first: should anything of it have begun after all, it ends by itself. */
    private void giveUp(Job job, Sighting.NeverRan sighting) {
        LOG.warn("attempt not started job={} attempt={} reason={}", job.id(), job.attempt(), sighting.reason());
        if (runner.revoke(attempt(job))) {
            move(job, sighting);
        }
    }

    private static boolean isActive(Job job) {
        return job.state().isActive();
    }

    static AttemptName attempt(Job job) {
        return new AttemptName(job.id(), job.attempt());
    }
}
