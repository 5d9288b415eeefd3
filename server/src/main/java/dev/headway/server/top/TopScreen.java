package dev.headway.server.top;

import dev.headway.limiter.Ticker;
import java.io.PrintWriter;
import java.util.Optional;

/** Shows who is refused most, once or again and again in the same place; for one thread. */
public final class TopScreen {
    private static final String TO_THE_TOP_AND_CLEAR = "\u001b[H\u001b[2J";

    private final TopSource source;
    private final PrintWriter out;
    private final Ticker ticker;
    private Optional<TopLook> before = Optional.empty();
    private long beforeNanos;

    /** What passes between two looks. */
    @FunctionalInterface
    public interface Pause {
        /** Waits, and returns whether there is to be another look. */
        boolean passed() throws InterruptedException;
    }

    /**
     * Shows on a screen.
     *
     * @param source tells who is refused
     * @param out the screen
     * @param ticker tells how much time is between two looks
     */
    public TopScreen(TopSource source, PrintWriter out, Ticker ticker) {
        this.source = source;
        this.out = out;
        this.ticker = ticker;
    }

    /**
     * Shows one look.
     *
     * @throws NoLook when the server does not tell
     */
    public void once() throws InterruptedException {
        out.print(table());
        out.flush();
    }

    /**
     * Shows look after look, each in the place of the one before, also when the server is away for a while.
     *
     * @throws NoLook when it tells nothing, and never will
     */
    public void live(Pause pause) throws InterruptedException {
        do {
            String text = tableOrReason();
            out.print(TO_THE_TOP_AND_CLEAR + text);
            out.flush();
        } while (pause.passed());
    }

    private String tableOrReason() throws InterruptedException {
        try {
            return table();
        } catch (NoLook away) {
            if (away.isLasting()) {
                throw away;
            }
            before = Optional.empty();
            return away.getMessage() + "; trying again every second" + System.lineSeparator();
        }
    }

    private String table() throws InterruptedException {
        TopLook look = source.ask();
        long nowNanos = ticker.nanos();
        String text = new TopTable(look, before, (nowNanos - beforeNanos) / 1e9).draw();
        before = Optional.of(look);
        beforeNanos = nowNanos;
        return text;
    }
}
