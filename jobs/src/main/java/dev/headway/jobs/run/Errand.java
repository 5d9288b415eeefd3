package dev.headway.jobs.run;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One program that runs for what it prints. For any number of threads.
 *
 * <pre>
 * the program ends     ─┐
 * the time is over     ─┼─► whatever carries the mark is killed ─► the output ends ─► told, room for another
 * nobody wants it now  ─┘
 * </pre>
 *
 * <p>The output ends only when all who could write to it are gone, so nothing is left behind when the end is told.
 */
final class Errand {
    private static final Logger LOG = LoggerFactory.getLogger(Errand.class);
    private static final int MOST_OUTPUT = 64 << 10;
    private static final long SWEEP_AGAIN_MILLIS = 100;

    private final Process process;
    private final String mark;
    private final ProcessTable processes;
    private final CompletableFuture<ErrandEnd> end = new CompletableFuture<>();
    private final CompletableFuture<ErrandEnd> cause = new CompletableFuture<>();
    private volatile boolean isGone;

    Errand(Process process, String mark, ProcessTable processes) {
        this.process = process;
        this.mark = "\0" + Errands.MARK + "=" + mark + "\0";
        this.processes = processes;
    }

    /** Follows the program to its end on a thread of its own; {@code gone} is run when nothing is left of it. */
    CompletableFuture<ErrandEnd> follow(Duration limit, Runnable gone) {
        Thread thread = new Thread(() -> readToEnd(gone), "errand-" + process.pid());
        thread.setDaemon(true);
        thread.start();
        CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> cutShort(new ErrandEnd.TimedOut()));
        // Nothing comes of these but what they do.
        CompletionStage<?> unusedSweep = process.onExit().thenRunAsync(this::sweep);
        CompletionStage<?> unusedCancel = end.whenComplete((told, cancelled) -> cutShort(new ErrandEnd.Stopped()));
        return end;
    }

    private void readToEnd(Runnable gone) {
        OutputTail tail = new OutputTail(MOST_OUTPUT);
        tail.readAll(process.getInputStream());
        int code = process.onExit().join().exitValue();
        isGone = true;
        gone.run();
        end.complete(cause.getNow(new ErrandEnd.Ended(code, tail.text())));
    }

    /** Ends the program with all that it has started, unless it has ended and been told of. */
    void cutShort(ErrandEnd why) {
        if (!process.isAlive() && end.isDone()) {
            return;
        }
        cause.complete(why);
        process.destroyForcibly();
        sweep();
    }

    /**
     * Kills whatever carries the mark, again and again until nothing holds the output open: a process may have a child
     * while it is being killed, or be between two programs and without its mark.
     */
    private void sweep() {
        if (isGone) {
            return;
        }
        try {
            kill(marked());
        } catch (IOException failure) {
            LOG.warn("errand not swept pid={} reason={}", process.pid(), failure.toString());
        }
        CompletableFuture.delayedExecutor(SWEEP_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                .execute(this::sweep);
    }

    private void kill(List<ProcessStat> left) {
        Signals.kill(left);
        if (left.stream().anyMatch(living -> living.group() == process.pid())) {
            Signals.killGroup(process.pid());
        }
    }

    private List<ProcessStat> marked() throws IOException {
        return processes.living().stream()
                .filter(living -> ("\0" + processes.environment(living.pid())).contains(mark))
                .toList();
    }
}
