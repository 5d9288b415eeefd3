package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store that is turned away says why, each time, also where many are at once on a machine that is busy. */
final class LastWordsTest {
    private static final int STORES = 8;
    private static final int ATTEMPTS = 60;

    @RegisterExtension
    static final LiveRedis redis = new LiveRedis();

    @Test
    void saysThatThePasswordIsWrongHoweverOftenItIsTried() throws Exception {
        redis.commands().configSet("requirepass", "right");
        String uri = redis.server().uri().replace("redis://", "redis://:wrong@");
        ExecutorService threads = Executors.newFixedThreadPool(STORES);
        try {
            List<Future<?>> tries = new ArrayList<>();
            for (int store = 0; store < STORES; store++) {
                tries.add(threads.submit(() -> tryOften(uri)));
            }
            for (Future<?> done : tries) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
            redis.commands().configSet("requirepass", "");
        }
    }

    private static void tryOften(String uri) {
        try (RedisStore store =
                RedisStore.builder(uri).deadline(Duration.ofSeconds(20)).build()) {
            RateLimiter limiter = RateLimiter.builder()
                    .name("login")
                    .limits(Limit.parse("1/minute"))
                    .store(store)
                    .build();
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                StoreUnavailable refused =
                        catchThrowableOfType(StoreUnavailable.class, () -> limiter.tryAcquire("alice"));
                // A handshake that takes longer than a second on a busy machine is given up, and that is the reason
                // then.
                assertThat(refused)
                        .hasMessageMatching(".*(WRONGPASS|initialization timed out).*")
                        .hasMessageNotContaining("wrong@");
            }
        }
    }
}
