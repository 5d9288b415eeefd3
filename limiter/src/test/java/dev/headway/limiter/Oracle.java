package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A witness that writes down every permit of every key with its time in nanoseconds and counts afresh each time. It knows nothing
 * of ticks, rings or steps: only the promise. Not for sharing between threads.
 */
final class Oracle {
    private final List<Limit> limits;
    private final long slack;
    private final Map<String, List<Long>> taken = new HashMap<>();

    /** Makes an oracle that lets a permit return late by so much, and never early. */
    Oracle(List<Limit> limits, Duration slack) {
        this.limits = limits;
        this.slack = slack.toNanos();
    }

    /** Checks what a limiter has answered at a time. */
    void hears(Decision decision, String key, int permits, long now) {
        List<Long> times = taken.computeIfAbsent(key, ignored -> new ArrayList<>());
        if (decision instanceof Decision.Refused refused) {
            assertThat(fits(times, now, permits, slack))
                    .as("refused although all limits have room")
                    .isFalse();
            long then = now + refused.retryAfterNanos();
            assertThat(fits(times, then, permits, 0))
                    .as("told to come back too early")
                    .isTrue();
            assertThat(fits(times, then - 1 - slack, permits, 0))
                    .as("told to come back too late")
                    .isFalse();
        } else if (decision instanceof Decision.Allowed) {
            assertThat(fits(times, now, permits, 0))
                    .as("allowed although a limit has no room")
                    .isTrue();
            for (int i = 0; i < permits; i++) {
                times.add(now);
            }
        } else {
            assertThat(limits).anyMatch(limit -> permits > limit.permits());
        }
    }

    /** Returns whether every window that ends now holds few enough permits, if windows lasted longer by the extra. */
    private boolean fits(List<Long> times, long now, int permits, long extra) {
        return limits.stream().allMatch(limit -> {
            long begin = now - limit.window().toNanos() - extra;
            return times.stream().filter(time -> time > begin).count() + permits <= limit.permits();
        });
    }
}
