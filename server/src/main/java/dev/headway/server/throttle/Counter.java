package dev.headway.server.throttle;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.Usage;
import java.util.List;

/** A limiter with the words for its decisions; safe to share between threads, and never blocks. */
final class Counter {
    private final RateLimiter limiter;
    private final PolicyNames names;
    private final RateFields fields;
    private final RefusalText text;

    Counter(RateLimiter limiter, PolicyNames names, RateFields fields, RefusalText text) {
        this.limiter = limiter;
        this.names = names;
        this.fields = fields;
        this.text = text;
    }

    /** Counts one request, or refuses it. */
    Ruling count(long high, long low) {
        return ruling(limiter.tryAcquire(high, low, 1));
    }

    /** Answers as {@link #count} would, and counts nothing. */
    Ruling look(long high, long low) {
        return ruling(limiter.peek(Key.of(high, low), 1));
    }

    /** Forgets what was counted. */
    void reset(long high, long low) {
        limiter.reset(Key.of(high, low));
    }

    /** Returns how each limit stands. */
    List<LimitStanding> standings(String endpoint, long high, long low) {
        return limiter.peek(Key.of(high, low), 1).usages().stream()
                .map(usage -> standing(endpoint, usage))
                .toList();
    }

    private LimitStanding standing(String endpoint, Usage usage) {
        return new LimitStanding(
                endpoint,
                names.nameOf(usage.limit()),
                usage.limit().describe(),
                usage.limit().permits(),
                usage.limit().window().toSeconds(),
                usage.remaining(),
                Seconds.roundedUp(usage.nextPermitAfterNanos()),
                Seconds.roundedUp(usage.resetAfterNanos()));
    }

    private Ruling ruling(Decision decision) {
        if (decision instanceof Decision.Allowed allowed) {
            return new Ruling.Admitted(fields, allowed);
        }
        if (decision instanceof Decision.Refused refused) {
            return new Ruling.Refused(fields, text, refused);
        }
        throw new IllegalStateException("one permit can never be had: " + decision);
    }
}
