package dev.headway.trainer.progress;

import dev.headway.trainer.files.Json;
import dev.headway.trainer.files.WholeFiles;
import java.nio.file.Path;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file {@code progress.json}, by which the server follows a run.
 *
 * <p>Steps can take a millisecond, and the file grows with every point. So not every step writes it: at most five times
 * a second, and so seldom that writing takes no more than a twentieth of the time. Nothing is lost by it, as the file
 * holds the whole history each time.
 *
 * <p>Not for more than one thread.
 */
public final class ProgressFile {
    private static final long SHORTEST_PAUSE_NANOS = 200_000_000;
    private static final long PAUSE_PER_COST = 20;

    private final Path file;
    private final Ticker ticker;
    private long nextNanos;

    /** Makes the file in an output directory; nothing is written yet. */
    public ProgressFile(Path directory, Ticker ticker) {
        this.file = directory.resolve("progress.json");
        this.ticker = ticker;
        this.nextNanos = ticker.nanoseconds();
    }

    /** Writes what the supplier says, unless the file was written a moment ago. */
    public void offer(Supplier<ObjectNode> progress) {
        if (ticker.nanoseconds() - nextNanos >= 0) write(progress);
    }

    /** Writes what the supplier says at once. */
    public void write(Supplier<ObjectNode> progress) {
        long before = ticker.nanoseconds();
        WholeFiles.replace(file, Json.pretty(progress.get()));
        long after = ticker.nanoseconds();
        nextNanos = after + Math.max(SHORTEST_PAUSE_NANOS, (after - before) * PAUSE_PER_COST);
    }
}
