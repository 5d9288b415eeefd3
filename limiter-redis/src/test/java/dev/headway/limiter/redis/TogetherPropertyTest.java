package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.SpaceClaim;
import dev.headway.limiter.Terms;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.limiter.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that travel together get what they would get one after the other: random ones, of few keys, in both ways. */
final class TogetherPropertyTest {
    private static final int TIMELINES = 2;
    private static final int BATCHES = 8;
    private static final int MOST_REQUESTS = 30;

    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    private record Request(Key key, int permits) {}

    @Test
    void decidesBySmallLogsAlike() {
        replay(Algorithm.SLIDING_WINDOW, "20/second");
    }

    @Test
    void decidesByLargeLogsAndSeveralLimitsAlike() {
        replay(Algorithm.SLIDING_WINDOW, "100/minute");
        replay(Algorithm.SLIDING_WINDOW, "5/second; 40/minute");
    }

    @Test
    void decidesByOtherAlgorithmsAlike() {
        replay(Algorithm.FIXED_WINDOW, "20/second");
        replay(Algorithm.SLIDING_WINDOW_COUNTER, "20/second; 100/minute");
        replay(Algorithm.TOKEN_BUCKET, "20/second");
        replay(Algorithm.PACING, "20/second");
    }

    private static void replay(Algorithm algorithm, String limits) {
        Seeds.forEach(TIMELINES, random -> replay(random, algorithm, limits));
    }

    private static void replay(Random random, Algorithm algorithm, String limits) {
        redis.commands().flushall();
        ManualTicker ticker = new ManualTicker();
        RedisStore store = redis.store(ticker);
        LimitSpace together = store.open(new Terms("together", algorithm, Limit.parseAll(limits)));
        LimitSpace alone = store.open(new Terms("alone", algorithm, Limit.parseAll(limits)));
        learnTheWay(together);
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Request> requests = requests(random);

            List<Decision> decisions = decideTogether(together, requests);

            assertThat(decisions)
                    .extracting(TogetherPropertyTest::told)
                    .isEqualTo(requests.stream()
                            .map(request -> told(decideAlone(alone, request)))
                            .toList());
            ticker.advance(Duration.ofMillis(random.nextInt(1500)));
        }
        redis.closeStores();
    }

    /** Asks until the script is there and it is known how short the way is, so that those who come together travel together. */
    private static void learnTheWay(LimitSpace space) {
        for (int number = 0; number < 200; number++) {
            Decision unused = space.tryAcquire("warm-up", 1);
        }
    }

    private static List<Request> requests(Random random) {
        List<Request> requests = new ArrayList<>();
        int count = 1 + random.nextInt(MOST_REQUESTS);
        boolean isWeighted = random.nextBoolean();
        while (requests.size() < count) {
            requests.add(new Request(Key.of("client-" + random.nextInt(5)), isWeighted ? 1 + random.nextInt(4) : 1));
        }
        return requests;
    }

    private static List<Decision> decideTogether(LimitSpace space, List<Request> requests) {
        redis.server().say("CLIENT PAUSE 60000 WRITE");
        askAhead(space);
        List<CompletableFuture<Decision>> decisions = requests.stream()
                .map(request ->
                        space.tryAcquireAsync(request.key(), request.permits()).toCompletableFuture())
                .toList();
        redis.server().say("CLIENT UNPAUSE");
        return decisions.stream().map(CompletableFuture::join).toList();
    }

    /** Lets others take the places of those who are sent at once, which the rest may overtake. */
    private static void askAhead(LimitSpace space) {
        for (int number = 0; number < 8; number++) {
            CompletionStage<Decision> unused = space.tryAcquireAsync(Key.of("ahead-" + number), 1);
        }
    }

    /** A joint request of one goes by itself, by the script that knows everything. */
    private static Decision decideAlone(LimitSpace space, Request request) {
        return space.tryAcquireAll(List.of(new SpaceClaim(space, request.key(), request.permits(), false)))
                .get(0);
    }

    private static String told(Decision decision) {
        return decision.getClass().getSimpleName() + " " + decision.usages()
                + (decision instanceof Decision.Refused refused ? refused.retryAfterNanos() : "");
    }
}
