package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.function.Function;

/**
 * A story about one key, told in the order of time: {@code at("0s").allows(10).denies(1).retryAfter("60s")}. Not for sharing
 * between threads.
 *
 * <p>Times read like {@code 250ms}, {@code 1.5s}, {@code 3m}; they count from the moment at which the timeline began.
 */
public final class Timeline {
    private final ManualTicker ticker = new ManualTicker();
    private final RateLimiter limiter;
    private String key = "someone";

    private Timeline(String limits, Function<Ticker, LimitStore> store) {
        this.limiter = RateLimiter.builder()
                .name("timeline")
                .limits(Limit.parseAll(limits))
                .store(store.apply(ticker))
                .build();
    }

    /** Begins a timeline on a store that runs by the ticker it is given. */
    public static Timeline of(String limits, Function<Ticker, LimitStore> store) {
        return new Timeline(limits, store);
    }

    /** Goes on with another key. */
    public Timeline as(String newKey) {
        key = newKey;
        return this;
    }

    /** Moves the clock to the time. */
    public Timeline at(String time) {
        ticker.set(duration(time).toNanos());
        return this;
    }

    /** Claims that so many requests in a row are allowed. */
    public Timeline allows(int requests) {
        for (int i = 1; i <= requests; i++) {
            assertThat(limiter.tryAcquire(key))
                    .as("request %d of %d", i, requests)
                    .isInstanceOf(Decision.Allowed.class);
        }
        return this;
    }

    /** Claims that one request for so many permits is allowed. */
    public Timeline allowsPermits(int permits) {
        assertThat(limiter.tryAcquire(key, permits)).isInstanceOf(Decision.Allowed.class);
        return this;
    }

    /** Claims that so many requests in a row are refused. */
    public Refusal denies(int requests) {
        Decision last = limiter.tryAcquire(key);
        for (int i = 1; i < requests; i++) {
            assertThat(last).as("request %d of %d", i, requests).isInstanceOf(Decision.Refused.class);
            last = limiter.tryAcquire(key);
        }
        return refusal(last);
    }

    /** Claims that one request for so many permits is refused. */
    public Refusal deniesPermits(int permits) {
        return refusal(limiter.tryAcquire(key, permits));
    }

    private Refusal refusal(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        return new Refusal((Decision.Refused) decision);
    }

    private static Duration duration(String text) {
        String seconds = text.endsWith("ms")
                ? "0." + "%03d".formatted(Integer.parseInt(text.substring(0, text.length() - 2))) + "s"
                : text;
        return Duration.parse("PT" + seconds);
    }

    /** The last refusal of a timeline. Not for sharing between threads. */
    public final class Refusal {
        private final Decision.Refused refused;

        private Refusal(Decision.Refused refused) {
            this.refused = refused;
        }

        /** Claims that the refusal told just this wait. */
        public Refusal retryAfter(String wait) {
            assertThat(refused.retryAfter()).isEqualTo(duration(wait));
            return this;
        }

        /** Claims that just these limits refused. */
        public Refusal refusedBy(String limits) {
            assertThat(refused.refusedBy()).isEqualTo(Limit.parseAll(limits));
            return this;
        }

        /** Goes on with the timeline. */
        public Timeline at(String time) {
            return Timeline.this.at(time);
        }

        /** Goes on with the timeline at the same moment. */
        public Timeline then() {
            return Timeline.this;
        }
    }
}
