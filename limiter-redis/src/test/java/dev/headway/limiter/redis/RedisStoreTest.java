package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.Terms;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What servers that share a limit get from it, by the clock of Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RedisStoreTest {

    private RealRedis redis;
    private RedisCommands<String, String> commands;

    @BeforeAll
    void startRedis() {
        redis = RealRedis.start();
        commands = redis.commands();
    }

    @AfterAll
    void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void forgetAll() {
        commands.flushall();
    }

    @Test
    void admitsTheLimitInAllThroughTwoServersAtOnce() throws Exception {
        try (RedisStore one = redis.patientStore().build();
                RedisStore other = redis.patientStore().build()) {
            List<RateLimiter> limiters = List.of(limiter(one, "37/hour"), limiter(other, "37/hour"));

            long admitted = admittedByFourThreads(limiters, 50);

            assertThat(admitted).isEqualTo(37);
        }
    }

    @Test
    void tellsTheWaitByTheClockOfRedis() {
        try (RedisStore store = redis.patientStore().build()) {
            RateLimiter limiter = limiter(store, "1/hour");
            limiter.tryAcquire("alice");

            Decision decision = limiter.tryAcquire("alice");

            assertThat(decision)
                    .isInstanceOfSatisfying(
                            Decision.Refused.class,
                            refused -> assertThat(refused.retryAfter())
                                    .isBetween(
                                            Duration.ofMinutes(59),
                                            Duration.ofHours(1).plusMillis(1)));
        }
    }

    @Test
    void answersManyRequestsThatAreUnderWayTogether() {
        try (RedisStore store = redis.patientStore().build()) {
            LimitSpace space = store.open(new Terms("login", Algorithm.SLIDING_WINDOW, Limit.parseAll("100/hour")));

            List<CompletableFuture<Decision>> decisions = IntStream.range(0, 300)
                    .mapToObj(number -> space.tryAcquireAsync(Key.of(0, 7), 1).toCompletableFuture())
                    .toList();

            assertThat(decisions.stream().map(CompletableFuture::join).filter(Decision::allowed))
                    .hasSize(100);
        }
    }

    @Test
    void countsTextsAndNumbersOfOneSubjectApartAndAsynchronouslyTheSame() {
        try (RedisStore store = redis.patientStore().build()) {
            LimitSpace space = store.open(new Terms("login", Algorithm.SLIDING_WINDOW, Limit.parseAll("1/hour")));

            assertThat(space.tryAcquire("alice", 1).allowed()).isTrue();
            assertThat(space.tryAcquireAsync(Key.of("alice"), 1)
                            .toCompletableFuture()
                            .join()
                            .allowed())
                    .isFalse();
            assertThat(space.tryAcquire(0, 1, 1).allowed()).isTrue();
        }
    }

    @Test
    void bringsItsScriptsBeforeTheFirstRequest() {
        commands.scriptFlush();
        try (RedisStore store = redis.patientStore().build()) {
            assertThat(store.tryPrepare(Duration.ofSeconds(20))).isTrue();

            assertThat(commands.info("memory")).contains("number_of_cached_scripts:13");
        }
    }

    @Test
    void refusesADeadlineOfNothing() {
        assertThatThrownBy(() -> redis.patientStore().deadline(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a deadline of PT0S; more than nothing is accepted");
    }

    private static long admittedByFourThreads(List<RateLimiter> limiters, int requestsEach)
            throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                RateLimiter limiter = limiters.get(thread % limiters.size());
                Callable<Long> requests = () -> IntStream.range(0, requestsEach)
                        .filter(number -> limiter.tryAcquire("alice").allowed())
                        .count();
                counts.add(threads.submit(requests));
            }
            long admitted = 0;
            for (Future<Long> count : counts) {
                admitted += count.get(60, TimeUnit.SECONDS);
            }
            return admitted;
        } finally {
            threads.shutdownNow();
        }
    }

    private static RateLimiter limiter(RedisStore store, String limits) {
        return RateLimiter.builder()
                .name("login")
                .limits(Limit.parseAll(limits))
                .store(store)
                .build();
    }
}
