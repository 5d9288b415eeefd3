package dev.headway.server.flood;

import dev.headway.limiter.Ticker;
import dev.headway.server.logging.ClientMask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes about floods of refusals; for one thread, which looks about once a second.
 *
 * <pre>{@code
 * 12:00:00 [Rate Limit] 203.0.113.7 is refused at POST /api/training/execute
 * 12:01:00 [Rate Limit] 203.0.113.7 is still refused: 81342 times in 60 s
 * 12:01:44 [Rate Limit] 203.0.113.7 is refused no more; it was 93217 times in 71 s
 * }</pre>
 *
 * <p>A client gets a line when it is first refused, one a minute while that goes on, and one when it has been quiet for half
 * a minute; the last only if there was more than one refusal. All clients together get sixty lines a minute. Whoever gets
 * none is counted, and one more line a minute says how many refusals had none. So a flood, of one or of many, writes a few
 * kilobytes a minute.
 */
public final class FloodLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FloodLog.class);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int LINES_A_MINUTE = 60;

    private final Floods floods;
    private final ClientMask mask;
    private final Ticker ticker;
    private List<Flood> ended = new ArrayList<>();
    private long minuteBeganNanos;
    private int lines;
    private long untold;

    /**
     * Begins to write.
     *
     * @param floods who is refused
     * @param mask how clients are named
     * @param ticker the time by which floods last
     */
    public FloodLog(Floods floods, ClientMask mask, Ticker ticker) {
        this.floods = floods;
        this.mask = mask;
        this.ticker = ticker;
        this.minuteBeganNanos = ticker.nanos();
    }

    /** Writes what is to be told now. */
    public synchronized void look() {
        long nowNanos = ticker.nanos();
        turnMinute(nowNanos);
        // Closed at the last look: whoever was counting at that moment has done so by now.
        ended.forEach(this::tellEnd);
        ended = new ArrayList<>();
        floods.present().forEach(flood -> look(flood, nowNanos));
    }

    /** Writes how many refusals there were of all who are still being refused. */
    @Override
    public synchronized void close() {
        ended.forEach(this::tellEnd);
        floods.present().forEach(this::tellEnd);
        tellRest();
    }

    private void look(Flood flood, long nowNanos) {
        if (flood.notice(nowNanos)) {
            tellBeginning(flood, nowNanos);
        } else if (flood.quietNanos(nowNanos) >= QUIET_NANOS) {
            floods.close(flood);
            ended.add(flood);
        } else if (flood.quietNanos(nowNanos) == 0 && flood.untoldNanos(nowNanos) >= MINUTE_NANOS) {
            tellProgress(flood, nowNanos);
        }
    }

    private void tellBeginning(Flood flood, long nowNanos) {
        if (mayTell()) {
            flood.tell(nowNanos);
            event("refusals-begin", flood)
                    .addKeyValue("endpoint", flood.endpoint())
                    .log("[Rate Limit] {} is refused at {}", mask.nameOf(flood.caller()), flood.endpoint());
        }
    }

    private void tellProgress(Flood flood, long nowNanos) {
        if (mayTell()) {
            flood.tell(nowNanos);
            event("refusals-go-on", flood)
                    .log(
                            "[Rate Limit] {} is still refused: {} times in {} s",
                            mask.nameOf(flood.caller()),
                            flood.refusals(),
                            seconds(flood));
        }
    }

    private void tellEnd(Flood flood) {
        boolean single = flood.refusals() == 1;
        if (single && flood.isTold()) {
            return;
        }
        if (single || !mayTell()) {
            untold += flood.refusals();
            return;
        }
        event("refusals-end", flood)
                .log(
                        "[Rate Limit] {} is refused no more; it was {} times in {} s",
                        mask.nameOf(flood.caller()),
                        flood.refusals(),
                        seconds(flood));
    }

    private LoggingEventBuilder event(String name, Flood flood) {
        return LOG.atInfo()
                .addKeyValue("event", name)
                .addKeyValue("client", mask.nameOf(flood.caller()))
                .addKeyValue("refused", flood.refusals())
                .addKeyValue("seconds", seconds(flood));
    }

    private boolean mayTell() {
        if (lines == LINES_A_MINUTE) {
            return false;
        }
        lines++;
        return true;
    }

    private void turnMinute(long nowNanos) {
        if (nowNanos - minuteBeganNanos >= MINUTE_NANOS) {
            minuteBeganNanos = nowNanos;
            lines = 0;
            tellRest();
        }
    }

    private void tellRest() {
        untold += floods.takeRest();
        if (untold > 0) {
            LOG.atInfo()
                    .addKeyValue("event", "refusals-of-others")
                    .addKeyValue("refused", untold)
                    .log("[Rate Limit] Further clients were refused {} times; they are too many to be named", untold);
            untold = 0;
        }
    }

    private static long seconds(Flood flood) {
        return TimeUnit.NANOSECONDS.toSeconds(flood.lengthNanos());
    }
}
