package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.testing.ManualScheduler;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Several servers that take permits ahead let no more pass in any window than a limit says, by the times at which the permits are given out.
 *
 * <p>Their clients come in bursts, so that blocks are large, and pause for as long as a block lasts, so that what is given out is as old as
 * it can be. Some of what was given out is given back.
 */
final class LeasePropertyTest {
    private static final int TIMELINES = 12;
    private static final int REQUESTS = 400;
    private static final List<String> LIMITS =
            List.of("10/minute", "6/second; 30/10 second", "100/2 second", "40/3 second");

    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    @Test
    void neverLetMoreThanTheLimitPassInAnyWindow() {
        Seeds.forEach(TIMELINES, random -> {
            for (String limits : LIMITS) {
                redis.commands().flushall();
                new Run(Limit.parseAll(limits), random).play();
                redis.closeStores();
            }
        });
    }

    /** One timeline of a few servers. One thread uses it. */
    private static final class Run {
        private final Random random;
        private final List<Limit> limits;
        private final ManualTicker ticker;
        private final ManualScheduler scheduler;
        private final List<RateLimiter> servers;
        private final List<Gift> gifts = new ArrayList<>();

        /** A permit that was given out. */
        private record Gift(long nanos, Decision.Allowed allowed) {}

        Run(List<Limit> limits, Random random) {
            this.random = random;
            this.limits = limits;
            this.ticker = new ManualTicker(random.nextLong(1_000_000_000_000L));
            this.scheduler = new ManualScheduler(ticker);
            this.servers = IntStream.range(0, 3).mapToObj(server -> limiter()).toList();
        }

        private RateLimiter limiter() {
            RedisStore store = redis.store(redis.server()
                    .patientStore()
                    .ticker(ticker)
                    .lease(2 + random.nextInt(30), 1 + random.nextInt(3))
                    .leaseScheduler(scheduler));
            return RateLimiter.builder()
                    .name("lease")
                    .limits(limits)
                    .store(store)
                    .build();
        }

        void play() {
            long lengthNanos = Leasing.length(limits).toNanos();
            for (int request = 0; request < REQUESTS; request++) {
                RateLimiter server = servers.get(random.nextInt(random.nextInt(3) + 1));
                switch (random.nextInt(16)) {
                    case 0 -> advance(random.nextLong(2 * lengthNanos));
                    case 1 -> advance(lengthNanos - 1 - random.nextInt(1000));
                    case 2 -> advance(random.nextLong(longestNanos() / 2));
                    case 3 -> giveBack();
                    default -> ask(server);
                }
            }
        }

        private long longestNanos() {
            return Shape.longest(limits).window().toNanos();
        }

        private void advance(long nanos) {
            scheduler.advance(Duration.ofNanos(nanos));
        }

        private void ask(RateLimiter server) {
            if (server.tryAcquire("key") instanceof Decision.Allowed allowed) {
                gifts.add(new Gift(ticker.nanos(), allowed));
                for (Limit limit : limits) {
                    long from = ticker.nanos() - limit.window().toNanos();
                    assertThat(gifts.stream().filter(gift -> gift.nanos() > from))
                            .as("given out within the last %s, under %s", limit.window(), limits)
                            .hasSizeLessThanOrEqualTo(limit.permits());
                }
            }
        }

        private void giveBack() {
            if (!gifts.isEmpty() && random.nextBoolean()) {
                Gift gift = gifts.get(gifts.size() - 1 - random.nextInt(Math.min(5, gifts.size())));
                if (gift.allowed().refund()) {
                    gifts.remove(gift);
                }
            }
        }
    }
}
