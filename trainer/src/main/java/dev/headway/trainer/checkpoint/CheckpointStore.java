package dev.headway.trainer.checkpoint;

import dev.headway.trainer.failure.FileTrouble;
import dev.headway.trainer.failure.UnusableCheckpoint;
import dev.headway.trainer.files.WholeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints in a run's output directory: {@code checkpoint-20} is the state after 20 steps.
 *
 * <p>One is written as {@code .checkpoint-20.tmp} and renamed when all of it is on the disk, so that a run killed at any
 * moment leaves whole checkpoints only, and rubbish that is recognized by its leading dot.
 *
 * <p>One thread of one process may use it for a directory.
 */
public final class CheckpointStore {
    private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{1,18})");
    private static final Pattern RUBBISH = Pattern.compile("\\.checkpoint-\\d+\\.(tmp|old)");

    private final Path directory;
    private final int limit;

    /** Makes a store over an output directory that keeps {@code limit} checkpoints, or all when it is 0. */
    public CheckpointStore(Path directory, int limit) {
        this.directory = directory;
        this.limit = limit;
    }

    /** Returns the path of the checkpoint of a step, whether or not there is one. */
    public Path path(long step) {
        return directory.resolve("checkpoint-" + step);
    }

    /** Writes a checkpoint with what {@code content} puts into the directory it is given. */
    public Path write(long step, Consumer<Path> content) {
        Path aside = directory.resolve("." + path(step).getFileName() + ".tmp");
        WholeFiles.delete(aside);
        WholeFiles.makeDirectory(aside);
        content.accept(aside);
        flush(aside);
        WholeFiles.publish(aside, path(step));
        return path(step);
    }

    private static void flush(Path aside) {
        try {
            WholeFiles.flush(aside);
        } catch (IOException trouble) {
            throw new FileTrouble("write", aside, trouble);
        }
    }

    /**
     * Deletes checkpoints beyond the limit, but never the one of the present step nor the best.
     *
     * <p>Those of later steps go first, for they are of a run that was given up (this one began again before them), and
     * then the oldest. The best takes the place of another; where only one may stay, both do.
     */
    public void prune(long present, OptionalLong best) {
        if (limit == 0) return;
        List<Long> steps = steps();
        steps.stream()
                .sorted(Comparator.comparing((Long step) -> step < present).thenComparing(Comparator.naturalOrder()))
                .filter(step -> step != present && step != best.orElse(-1))
                .limit(Math.max(0, steps.size() - limit))
                .forEach(step -> WholeFiles.delete(path(step)));
    }

    /** Deletes what killed runs have left half-written. */
    public void sweep() {
        for (Path path : list()) {
            if (RUBBISH.matcher(path.getFileName().toString()).matches()) WholeFiles.delete(path);
        }
    }

    /** Returns the checkpoint with the most steps. */
    public Optional<Path> newest() {
        List<Long> steps = steps();
        return steps.isEmpty() ? Optional.empty() : Optional.of(path(steps.get(steps.size() - 1)));
    }

    /** Returns the checkpoint that a user names by path or by its name in this directory. */
    public Path require(String named) {
        return Stream.of(directory.resolve(named), Path.of(named))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new UnusableCheckpoint("there is no checkpoint " + named
                        + newest().map(newest -> "; the newest is " + newest).orElse(" and none in " + directory)));
    }

    private List<Long> steps() {
        return list().stream()
                .map(path -> NAME.matcher(path.getFileName().toString()))
                .filter(Matcher::matches)
                .map(matcher -> Long.parseLong(matcher.group(1)))
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private List<Path> list() {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (IOException trouble) {
            throw new FileTrouble("list", directory, trouble);
        }
    }
}
