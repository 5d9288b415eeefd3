package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.Terms;
import dev.headway.limiter.algorithm.Booking;
import dev.headway.limiter.algorithm.Line;
import dev.headway.limiter.algorithm.Moment;
import dev.headway.limiter.algorithm.SlidingWindow;
import dev.headway.limiter.algorithm.StampLog;
import dev.headway.limiter.algorithm.Step;
import dev.headway.limiter.algorithm.Verdict;
import dev.headway.limiter.algorithm.Window;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A line of those who wait means the same in Redis as the pure {@link Line}: random reservations, tries and cancellations get the same
 * answers, on logs of the small and of the large form.
 */
final class LinePropertyTest {
    private static final int TIMELINES = 15;
    private static final int REQUESTS = 150;
    private static final long NANOS_PER_TICK = 100_000;
    private static final List<String> LIMITS = List.of("3/minute", "5/10 second; 20/minute", "100/minute", "1/minute");
    private static final Key KEY = Key.of("key");

    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    @Test
    void givesPlacesAsThePureLineDoes() {
        Seeds.forEach(TIMELINES, random -> {
            for (String limits : LIMITS) {
                redis.commands().flushall();
                new Run(Limit.parseAll(limits), random).play();
                redis.closeStores();
            }
        });
    }

    /** One timeline, by whole ticks. One thread uses it. */
    private static final class Run {
        private final Random random;
        private final List<Limit> limits;
        private final SlidingWindow counting;
        private final ManualTicker ticker = new ManualTicker();
        private final LimitSpace space;
        private final List<Place> places = new ArrayList<>();
        private Line<StampLog> line = new Line<>(StampLog.empty());
        private long now;

        /** What was given, now or for later. */
        private record Place(Decision.Allowed allowed, Booking booking) {}

        Run(List<Limit> limits, Random random) {
            this.random = random;
            this.limits = limits;
            this.counting = new SlidingWindow(limits.stream()
                    .map(limit -> new Window(limit.permits(), limit.window().toMillis() * 1_000_000 / NANOS_PER_TICK))
                    .toList());
            this.space = redis.store(ticker).open(new Terms("line", Algorithm.SLIDING_WINDOW, limits));
        }

        void play() {
            for (int number = 0; number < REQUESTS; number++) {
                moveOn();
                String where = "request " + number + ", " + limits;
                if (random.nextInt(4) == 0) {
                    giveBack(where);
                } else {
                    ask(where, random.nextBoolean() ? 0 : random.nextLong(3 * longestTicks()));
                }
            }
        }

        private void moveOn() {
            now += random.nextInt(3) > 0 ? 0 : random.nextLong(longestTicks() / 4);
            ticker.set(now * NANOS_PER_TICK);
            line = line.settle(counting, Moment.at(now)).line();
        }

        private long longestTicks() {
            return counting.windows().stream().mapToLong(Window::ticks).max().orElseThrow();
        }

        private void ask(String where, long mostWait) {
            int permits = 1 + random.nextInt(2);
            Step<Line<StampLog>> step = line.reserve(counting, Moment.at(now), permits, mostWait);

            Decision decision = mostWait == 0
                    ? space.tryAcquire("key", permits)
                    : space.reserve(KEY, permits, mostWait * NANOS_PER_TICK);

            if (step.verdict() instanceof Verdict.Granted granted) {
                long wait = granted.stamp() - now;
                assertThat(decision).as(where).isInstanceOf(Decision.Allowed.class);
                Decision.Allowed allowed = (Decision.Allowed) decision;
                assertThat(allowed.waitTime()).as(where).isEqualTo(Duration.ofNanos(wait * NANOS_PER_TICK));
                places.add(new Place(allowed, new Booking(granted.stamp(), permits)));
            } else if (step.verdict() instanceof Verdict.Denied denied) {
                assertThat(decision).as(where).isInstanceOf(Decision.Refused.class);
                assertThat(((Decision.Refused) decision).retryAfterNanos())
                        .as(where)
                        .isEqualTo(denied.waitTicks() * NANOS_PER_TICK);
            } else {
                assertThat(decision).as(where).isInstanceOf(Decision.NeverPossible.class);
            }
            line = step.state();
        }

        private void giveBack(String where) {
            if (places.isEmpty()) {
                return;
            }
            Place place = places.remove(Math.max(0, places.size() - 1 - random.nextInt(6)));
            Line<StampLog> before = line;
            line = place.booking().tick() > now
                    ? line.cancel(place.booking())
                    : line.giveBack(
                            counting,
                            Moment.at(now),
                            counting.taken(stamped(place), place.booking().permits()));
            assertThat(place.allowed().refund()).as(where).isEqualTo(!line.equals(before));
        }

        private static StampLog stamped(Place place) {
            return StampLog.of(place.booking().tick());
        }
    }
}
