package dev.headway.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobBuilder;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.job.JsonText;
import dev.headway.jobs.job.Progress;
import dev.headway.jobs.metric.MetricPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database must do; each kind has a subclass that opens an empty one. */
abstract class JobStoreContract {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123456Z");
    private static final int PLENTY = 1000;

    private JobStore store;

    /** Gives a store without jobs. */
    abstract JobStore emptyStore() throws Exception;

    /** Takes the store back after a test. */
    abstract void release(JobStore used);

    @BeforeEach
    void begin() throws Exception {
        store = emptyStore();
    }

    @AfterEach
    void end() {
        release(store);
    }

    @Test
    void givesBackANewJobAsItWasStored() {
        Job job = new JobBuilder(new JobId("a"), "ann", "Überraschung \uD83D\uDE80", NOON)
                .modelName("headway/nano")
                .token("secret")
                .fingerprint("f1")
                .config(new JsonText("{\"z\":1,\"a\":[1.5,null]}"))
                .build();

        store.insert(job, PLENTY);

        assertThat(store.find(job.id()))
                .hasValueSatisfying(found -> assertThat(found)
                        .usingRecursiveComparison()
                        .ignoringFields("queueOrder")
                        .isEqualTo(job));
    }

    @Test
    void givesBackEveryFieldThatCanChange() {
        Job stored = inserted("a");
        Job changed = stored.change()
                .become(JobState.STARTING)
                .attempt(3)
                .restarts(2)
                .startFailures(1)
                .progress(Progress.ofStored(new JsonText("{\"current_step\":7}")))
                .notBefore(NOON.plusSeconds(1))
                .startedAt(NOON.plusSeconds(2))
                .lastSignOfLife(NOON.plusSeconds(3))
                .stopDeadline(NOON.plusSeconds(4))
                .completedAt(NOON.plusSeconds(5))
                .pausedAt(NOON.plusSeconds(6))
                .updatedAt(NOON.plusSeconds(7))
                .pid(4711)
                .errorMessage("it broke")
                .resumeFrom("/somewhere/checkpoint-7")
                .build();

        store.update(changed);

        assertThat(store.find(stored.id()))
                .hasValueSatisfying(found -> assertThat(found)
                        .usingRecursiveComparison()
                        .ignoringFields("version")
                        .isEqualTo(changed));
    }

    @Test
    void knowsNoJobThatWasNotStored() {
        assertThat(store.find(new JobId("nobody"))).isEmpty();
        assertThat(store.position(new JobId("nobody"))).isZero();
        assertThat(store.metrics(new JobId("nobody"))).isEmpty();
    }

    @Test
    void keepsTheFirstOfTwoJobsWithOneName() {
        store.insert(job("a").change().fingerprint("first").build(), PLENTY);

        Insertion second = store.insert(job("a").change().fingerprint("second").build(), PLENTY);

        assertThat(second)
                .isInstanceOfSatisfying(
                        Insertion.Exists.class,
                        exists -> assertThat(exists.job().fingerprint()).isEqualTo("first"));
        assertThat(store.count()).isEqualTo(1);
    }

    @Test
    void refusesTheJobThatWouldExceedTheQueue() {
        store.insert(job("a"), 2);
        store.insert(job("b"), 2);

        assertThat(store.insert(job("c"), 2)).isInstanceOf(Insertion.Full.class);
        assertThat(store.find(new JobId("c"))).isEmpty();
        assertThat(store.insert(job("a"), 2)).isInstanceOf(Insertion.Exists.class);
    }

    @Test
    void queuesInOrderOfSubmission() {
        inserted("a");
        inserted("b");
        inserted("c");

        assertThat(store.queued()).extracting(job -> job.id().text()).containsExactly("a", "b", "c");
        assertThat(store.position(new JobId("a"))).isEqualTo(1);
        assertThat(store.position(new JobId("c"))).isEqualTo(3);
        assertThat(store.count(JobState.QUEUED)).isEqualTo(3);
    }

    @Test
    void countsTheJobsOfEveryState() {
        assertThat(store.countByState()).isEmpty();

        inserted("a");
        inserted("b");
        Job c = inserted("c");
        store.update(c.change().become(JobState.CANCELLED).build());

        assertThat(store.countByState())
                .containsExactly(Map.entry(JobState.QUEUED, 2), Map.entry(JobState.CANCELLED, 1));
    }

    @Test
    void findsSinceWhenAJobWaitsForItsFirstAttempt() {
        assertThat(store.oldestWaiting()).isEmpty();

        Job begun = inserted("begun");
        store.update(begun.change().become(JobState.STARTING).attempt(1).build());
        store.insert(submitted("second", NOON.plusSeconds(9)), PLENTY);
        store.insert(submitted("first", NOON.plusSeconds(5)), PLENTY);

        assertThat(store.oldestWaiting()).contains(NOON.plusSeconds(5));
    }

    @Test
    void putsAJobAtTheHeadOrTheTail() {
        Job a = inserted("a");
        inserted("b");
        Job c = inserted("c");

        store.enqueue(c, Place.HEAD, List.of());
        store.enqueue(a, Place.TAIL, List.of());

        assertThat(store.queued()).extracting(job -> job.id().text()).containsExactly("c", "b", "a");
    }

    @Test
    void passesOverJobsThatHaveToWait() {
        Job a = inserted("a");
        inserted("b");
        store.update(a.change().notBefore(NOON.plusSeconds(10)).build());

        assertThat(store.nextQueued(NOON.plusSeconds(9)))
                .hasValueSatisfying(next -> assertThat(next.id().text()).isEqualTo("b"));
        assertThat(store.nextQueued(NOON.plusSeconds(10)))
                .hasValueSatisfying(next -> assertThat(next.id().text()).isEqualTo("a"));
    }

    @Test
    void refusesAChangeToAJobThatSomebodyElseHasChanged() {
        Job read = inserted("a");
        store.update(read.change().errorMessage("first").build());

        assertThat(store.update(read.change().errorMessage("second").build())).isEmpty();
        assertThat(store.enqueue(read, Place.HEAD, List.of())).isEmpty();
        assertThat(store.startOver(read)).isEmpty();
        assertThat(store.find(read.id()))
                .hasValueSatisfying(found -> assertThat(found.errorMessage()).contains("first"));
    }

    @Test
    void storesNoPointOfARefusedChange() {
        Job read = inserted("a");
        store.update(read);

        store.update(read, List.of(point(1, "{}")));

        assertThat(store.metrics(read.id())).isEmpty();
    }

    @Test
    void letsALaterPointReplaceAnEarlierOneOfTheSameStep() {
        Job job = inserted("a");
        job = store.update(job, List.of(point(20, "{\"train_loss\":2}"), point(10, "{\"train_loss\":3}")))
                .orElseThrow();

        store.update(job, List.of(point(20, "{\"train_loss\":1}"), point(30, "{}")));

        assertThat(store.metrics(job.id()))
                .containsExactly(point(10, "{\"train_loss\":3}"), point(20, "{\"train_loss\":1}"), point(30, "{}"));
    }

    @Test
    void keepsThePointsOfJobsApart() {
        store.update(inserted("a"), List.of(point(1, "{\"of\":\"a\"}")));
        store.update(inserted("b"), List.of(point(1, "{\"of\":\"b\"}")));

        assertThat(store.metrics(new JobId("a"))).containsExactly(point(1, "{\"of\":\"a\"}"));
    }

    @Test
    void forgetsThePointsOfAJobThatStartsOver() {
        inserted("first");
        Job job = store.update(inserted("a"), List.of(point(1, "{}"))).orElseThrow();

        store.startOver(job);

        assertThat(store.metrics(job.id())).isEmpty();
        assertThat(store.position(job.id())).isEqualTo(1);
    }

    @Test
    void listsActiveJobsLongestFirstAndThoseThatHaveNotBegunLast() {
        activate(inserted("starting").change());
        activate(inserted("late").change().startedAt(NOON.plusSeconds(9)));
        activate(inserted("early").change().startedAt(NOON.plusSeconds(1)));
        inserted("queued");

        assertThat(store.active()).extracting(job -> job.id().text()).containsExactly("early", "late", "starting");
    }

    @Test
    void listsTheLastSubmittedJobsFirst() {
        for (int i = 0; i < 5; i++) {
            store.insert(new JobBuilder(new JobId("job" + i), "ann", "job", NOON.plusSeconds(i)).build(), PLENTY);
        }

        assertThat(store.recent(2)).extracting(job -> job.id().text()).containsExactly("job4", "job3");
    }

    @Test
    void givesEveryOneOfManyConcurrentSubmissionsAPlaceOfItsOwn() throws Exception {
        int threads = 8;
        int each = 10;
        int bound = 70;
        List<Callable<Integer>> work = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            String prefix = "t" + thread + "-";
            work.add(() -> {
                int stored = 0;
                for (int i = 0; i < each; i++) {
                    stored += store.insert(job(prefix + i), bound) instanceof Insertion.Inserted ? 1 : 0;
                }
                return stored;
            });
        }

        int stored = 0;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (Future<Integer> result : pool.invokeAll(work)) {
                stored += result.get();
            }
        } finally {
            pool.shutdown();
        }

        assertThat(stored).isEqualTo(bound);
        assertThat(store.queued())
                .extracting(Job::queueOrder)
                .doesNotHaveDuplicates()
                .hasSize(bound);
    }

    private Job inserted(String id) {
        return ((Insertion.Inserted) store.insert(job(id), PLENTY)).job();
    }

    private void activate(JobBuilder job) {
        assertThat(store.update(job.become(JobState.STARTING).build())).isPresent();
    }

    private static Job job(String id) {
        return submitted(id, NOON);
    }

    private static Job submitted(String id, Instant time) {
        return new JobBuilder(new JobId(id), "ann", "a job", time).build();
    }

    private static MetricPoint point(long step, String values) {
        return new MetricPoint(step, new JsonText(values));
    }
}
