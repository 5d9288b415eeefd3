package dev.headway.jobs;

import dev.headway.jobs.job.Job;
import dev.headway.jobs.job.JobBuilder;
import dev.headway.jobs.job.JobId;
import dev.headway.jobs.job.JobState;
import dev.headway.jobs.job.JsonText;
import dev.headway.jobs.store.Insertion;
import dev.headway.jobs.store.JobStore;
import dev.headway.jobs.store.StoreFailed;
import dev.headway.jobs.workspace.Workspace;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Turns requests into stored jobs. For any number of threads.
 *
 * <p>The files come first and the job last: a job that is stored has everything it needs, and a crash in between leaves
 * files that nobody refers to, which the next job of that name replaces. One request is written at a time, as two of one
 * name would write the same files.
 */
final class Submitter {
    private static final int TOKEN_BYTES = 32;
    private static final int NAMED_CHARACTERS = 8;

    private final JobStore store;
    private final Workspace workspace;
    private final JobFiles files;
    private final EngineSettings settings;
    private final Supplier<Instant> now;
    private final SecureRandom random = new SecureRandom();
    private final Lock writing = new ReentrantLock();

    Submitter(JobStore store, Workspace workspace, EngineSettings settings, Supplier<Instant> now) {
        this.store = store;
        this.workspace = workspace;
        this.files = new JobFiles(workspace);
        this.settings = settings;
        this.now = now;
    }

    Submission submit(JobRequest request) {
        Job job = describe(request, request.id().orElseGet(JobId::random));
        writing.lock();
        try {
            Optional<Job> present = store.find(job.id());
            return present.isPresent() ? known(present.get(), job) : store(job, request.dataset());
        } catch (StoreFailed e) {
            throw new JobNotStored(job.id(), String.valueOf(e.getMessage()), e);
        } finally {
            writing.unlock();
        }
    }

    private Submission store(Job job, Dataset dataset) {
        requireRoom();
        boolean stored = false;
        try {
            writeFiles(job, dataset);
            Submission submission = insert(job);
            stored = true;
            return submission;
        } catch (IOException e) {
            throw new JobNotStored(job.id(), reason(e), e);
        } finally {
            if (!stored) {
                files.remove(job.id());
            }
        }
    }

    /** Spares a full queue the writing; the store asks again. */
    private void requireRoom() {
        if (store.count(JobState.QUEUED) >= settings.queue().maxQueued()) {
            throw new QueueFull(settings.queue().maxQueued());
        }
    }

    private void writeFiles(Job job, Dataset dataset) throws IOException {
        if (dataset instanceof Dataset.Examples examples) {
            files.writeDataset(job.id(), examples);
        }
        files.writeConfig(job);
    }

    private Submission insert(Job job) {
        Insertion insertion = store.insert(job, settings.queue().maxQueued());
        if (insertion instanceof Insertion.Inserted inserted) {
            return new Submission.Accepted(inserted.job(), store.position(job.id()));
        }
        if (insertion instanceof Insertion.Exists exists) {
            return known(exists.job(), job);
        }
        throw new QueueFull(settings.queue().maxQueued());
    }

    private Submission known(Job present, Job asked) {
        if (!present.fingerprint().equals(asked.fingerprint())) {
            throw new JobConflict(asked.id());
        }
        return new Submission.Known(present, store.position(present.id()));
    }

    private Job describe(JobRequest request, JobId id) {
        JsonText config = TrainerConfig.complete(
                request.config(), id, datasetPath(request.dataset(), id), workspace.output(id), settings.evalSplit());
        return new JobBuilder(id, request.userId(), request.name().orElseGet(() -> nameOf(id)), now.get())
                .modelName(config.tree().path("model").path("name").asString(""))
                .token(token())
                .fingerprint(Fingerprint.of(request))
                .config(config)
                .build();
    }

    private String datasetPath(Dataset dataset, JobId id) {
        if (dataset instanceof Dataset.File file) {
            return file.path();
        }
        return dataset instanceof Dataset.Examples ? workspace.dataset(id).toString() : "";
    }

    private static String nameOf(JobId id) {
        String text = id.text();
        return "Training Job " + text.substring(0, Math.min(NAMED_CHARACTERS, text.length()));
    }

    private String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException failure && failure.getReason() != null
                ? failure.getReason() + ": " + failure.getFile()
                : String.valueOf(e.getMessage());
    }
}
