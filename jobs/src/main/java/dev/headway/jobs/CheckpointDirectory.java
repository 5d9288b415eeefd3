package dev.headway.jobs;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingLong;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The checkpoints in a job's output directory. Stateless but for the files, for any number of threads.
 *
 * <p>The best one has the lowest score, which weighs the loss on held-out data, how far the loss on training data has
 * left it (a sign of learning by heart), and perplexity; without a held-out loss there is no score.
 */
final class CheckpointDirectory {
    private static final Comparator<CheckpointName> LAST = comparingLong(CheckpointName::step)
            .thenComparing(CheckpointName::isPlain)
            .thenComparing(CheckpointName::text);

    private final Workspace workspace;
    private final JobId id;

    private CheckpointDirectory(Workspace workspace, JobId id) {
        this.workspace = workspace;
        this.id = id;
    }

    static CheckpointDirectory of(Workspace workspace, JobId id) {
        return new CheckpointDirectory(workspace, id);
    }

    /** {@return the path of the checkpoint with the highest step, if there is one that can be seen} */
    Optional<String> lastPath() {
        try {
            return names().orElse(List.of()).stream()
                    .max(LAST)
                    .map(name -> workspace.checkpoint(id, name.text()).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@return the checkpoints by descending step, if there is an output directory} */
    Optional<List<Checkpoint>> list() {
        try {
            Optional<List<CheckpointName>> names = names();
            return names.isPresent() ? Optional.of(describe(shown(names.get()))) : Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            throw new CheckpointsUnreadable(id, e);
        }
    }

    private Optional<List<CheckpointName>> names() throws IOException {
        List<CheckpointName> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(workspace.output(id), "checkpoint-*")) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry)) {
                    CheckpointName.parse(String.valueOf(entry.getFileName())).ifPresent(names::add);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
        return Optional.of(names);
    }

    private static List<CheckpointName> shown(List<CheckpointName> names) {
        return names.stream().filter(CheckpointName::isShown).toList();
    }

    private List<Checkpoint> describe(List<CheckpointName> names) throws IOException {
        List<Checkpoint> plain = new ArrayList<>();
        for (CheckpointName name : names) {
            describe(name).ifPresent(plain::add);
        }
        Optional<Checkpoint> best = plain.stream()
                .filter(checkpoint -> Double.isFinite(score(checkpoint)))
                .min(comparingDouble(CheckpointDirectory::score));
        Optional<Checkpoint> latest = plain.stream().max(comparing(Checkpoint::createdAt));
        return plain.stream()
                .sorted(comparingLong(Checkpoint::step).reversed().thenComparing(Checkpoint::name))
                .map(checkpoint -> marked(
                        checkpoint,
                        best.filter(checkpoint::equals).isPresent(),
                        latest.filter(checkpoint::equals).isPresent()))
                .toList();
    }

    /** Empty if the trainer has removed it meanwhile, as it does with old ones. */
    private Optional<Checkpoint> describe(CheckpointName name) throws IOException {
        Path directory = workspace.checkpoint(id, name.text());
        try {
            TrainerState state = TrainerState.read(workspace.trainerState(directory), name.step());
            Instant written = Files.getLastModifiedTime(directory).toInstant();
            return Optional.of(new Checkpoint(
                    name.text(),
                    name.epoch().isPresent() ? name.epoch() : state.epoch(),
                    name.step(),
                    state.evalLoss(),
                    state.trainLoss(),
                    size(directory),
                    written,
                    false,
                    false));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Checkpoint marked(Checkpoint checkpoint, boolean best, boolean latest) {
        return new Checkpoint(
                checkpoint.name(),
                checkpoint.epoch(),
                checkpoint.step(),
                checkpoint.evalLoss(),
                checkpoint.trainLoss(),
                checkpoint.sizeBytes(),
                checkpoint.createdAt(),
                best,
                latest);
    }

    static double score(Checkpoint checkpoint) {
        if (checkpoint.evalLoss().isEmpty()) {
            return Double.POSITIVE_INFINITY;
        }
        double eval = checkpoint.evalLoss().getAsDouble();
        double gap = gap(checkpoint.trainLoss(), eval) / Math.max(eval, 0.001);
        double perplexity = Math.min(Math.exp(eval) / 20, 1);
        return 0.5 * eval + 0.3 * gap + 0.1 * perplexity - 0.1;
    }

    private static double gap(OptionalDouble trainLoss, double evalLoss) {
        return trainLoss.isPresent() ? Math.abs(trainLoss.getAsDouble() - evalLoss) : 0;
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            long size = 0;
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                size += Files.size(file);
            }
            return size;
        }
    }
}
