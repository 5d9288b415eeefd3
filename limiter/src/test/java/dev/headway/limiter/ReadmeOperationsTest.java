package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualScheduler;
import dev.headway.limiter.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What README.md shows of the operations beyond taking is what runs here. Threads do not share it. */
class ReadmeOperationsTest {
    private final ManualTicker ticker = new ManualTicker();
    private final MemoryStore store = MemoryStore.builder().ticker(ticker).build();
    private final List<String> log = new ArrayList<>();

    @Test
    void limitsPayingUsersLess() {
        RateLimiter api = RateLimiter.builder()
                .name("api")
                .limits(Limit.parse("10/minute"))
                .limitsFor(
                        user -> isPaying(user) ? List.of(Limit.parse("100/minute")) : List.of(Limit.parse("10/minute")))
                .store(store)
                .build();

        assertThat(api.tryAcquire("alice", 100).allowed()).isTrue();
        assertThat(api.tryAcquire("bob", 100)).isInstanceOf(Decision.NeverPossible.class);
    }

    private static boolean isPaying(Key user) {
        return user.equals(Key.of("alice"));
    }

    @Test
    void keepsWhatIsUsedWhenLimitsChange() {
        RateLimiter limiter = RateLimiter.builder()
                .name("changing")
                .limits(Limit.parse("10/minute"))
                .store(store)
                .build();
        limiter.tryAcquire("alice", 6);

        RateLimiter night = limiter.withLimits(List.of(Limit.parse("50/minute")));
        limiter.changeLimits(List.of(Limit.parse("5/minute")));

        assertThat(limiter.tryAcquire("alice").allowed()).isFalse();
        assertThat(night.tryAcquire("alice", 44).allowed()).isTrue();
    }

    @Test
    void sendsMailsInTheirTurn() throws InterruptedException {
        ManualScheduler scheduler = new ManualScheduler(ticker);
        RateLimiter mails = RateLimiter.builder()
                .name("mails")
                .limits(Limit.parse("1/10 second"))
                .store(store)
                .sleeper(ticker)
                .scheduler(scheduler)
                .build();

        assertThat(send(mails)).isEqualTo("sent");
        assertThat(send(mails)).isEqualTo("sent");
        assertThat(ticker.nanos()).isEqualTo(Duration.ofSeconds(10).toNanos());
        CompletableFuture<String> later = sendLater(mails);
        sendByHand(mails);
        assertThat(log).containsExactly("in PT20S");
        scheduler.advance(Duration.ofSeconds(10));
        assertThat(later).isCompletedWithValue("sent");
    }

    private static String send(RateLimiter mails) throws InterruptedException {
        Decision decision = mails.acquire("smtp", 1, Duration.ofSeconds(30));
        return decision.allowed() ? send() : "try again later";
    }

    private static CompletableFuture<String> sendLater(RateLimiter mails) {
        CompletableFuture<String> sent = mails.acquireAsync("smtp", 1, Duration.ofSeconds(30))
                .thenApply(decision -> decision.allowed() ? send() : "try again later");
        return sent;
    }

    private void sendByHand(RateLimiter mails) {
        if (mails.reserve("smtp", 1, Duration.ofSeconds(30)) instanceof Decision.Allowed reserved) {
            runLater(reserved.waitTime());
        }
    }

    private void runLater(Duration wait) {
        log.add("in " + wait);
    }

    private static String send() {
        return "sent";
    }

    @Test
    void letsOnlyTwoExportsRunAtOnce() {
        ConcurrencyLimiter exports = ConcurrencyLimiter.builder()
                .name("exports")
                .atMost(2)
                .leakedExpireAfter(Duration.ofMinutes(10))
                .store(store)
                .build();

        assertThat(export(exports)).isEqualTo("exported");
        try (Permit first = exports.tryAcquire("alice").orElseThrow();
                Permit second = exports.tryAcquire("alice").orElseThrow()) {
            assertThat(first).isNotSameAs(second);
            assertThat(export(exports)).isEqualTo("two exports are running");
        }
        assertThat(export(exports)).isEqualTo("exported");
    }

    private static String export(ConcurrencyLimiter exports) {
        Optional<Permit> permit = exports.tryAcquire("alice");
        if (permit.isEmpty()) {
            return "two exports are running";
        }
        try (Permit inside = permit.get()) {
            return export(inside);
        }
    }

    private static String export(Permit inside) {
        assertThat(inside).isNotNull();
        return "exported";
    }

    @Test
    void logsWhatATrialWouldHaveRefused() {
        RateLimiter trial = RateLimiter.builder()
                .name("trial")
                .limits(Limit.parse("10/minute"))
                .store(store)
                .shadow()
                .listener((limiter, key, permits, decision) -> {
                    if (decision instanceof Decision.Shadowed shadowed) {
                        log.add(limiter + " would have refused " + key + ": " + shadowed.instead());
                    }
                })
                .build();

        for (int i = 0; i < 11; i++) {
            assertThat(trial.tryAcquire("alice").allowed()).isTrue();
        }
        assertThat(log)
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).startsWith("trial would have refused alice: Ref"));
    }

    @Test
    void shutsOutWhoKeepsKnocking() {
        RateLimiter strict = RateLimiter.builder()
                .name("strict")
                .limits(Limit.parse("10/minute"))
                .penalty(new Penalty(Limit.parse("20/minute"), Duration.ofMinutes(10)))
                .store(store)
                .build();

        Decision last = strict.tryAcquire("alice", 10);
        for (int i = 0; i < 20; i++) {
            last = strict.tryAcquire("alice");
        }

        assertThat(last).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.cause()).isEqualTo(Decision.Cause.PENALTY);
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(10));
        });
    }

    @Test
    void saysWhatWasNotCounted() {
        FlakyStore networkStore = new FlakyStore(store);
        RateLimiter lenient = RateLimiter.builder()
                .name("lenient")
                .limits(Limit.parse("10/minute"))
                .store(networkStore)
                .onStoreFailure(StoreFailurePolicy.ALLOW)
                .build();
        networkStore.setAway(true);

        Decision decision = lenient.tryAcquire("alice");
        if (decision instanceof Decision.StoreUnknown unknown) {
            log.add("not counted, " + unknown.failure().getMessage());
        }

        assertThat(decision.allowed()).isTrue();
        assertThat(log).containsExactly("not counted, the store is away");
    }
}
