package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What README.md shows is what runs here. Threads do not share it. */
class ReadmeTest {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final Path TESTS = Path.of("src/test/java/dev/headway/limiter");

    private final ManualTicker still = new ManualTicker();

    @Test
    void everySnippetIsARegionOfATest() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String source = withoutSpaces(Files.readString(TESTS.resolve("ReadmeTest.java"))
                + Files.readString(TESTS.resolve("ReadmeOperationsTest.java")));

        List<String> snippets = JAVA_BLOCK
                .matcher(readme)
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(snippets)
                .isNotEmpty()
                .filteredOn(snippet -> !source.contains(withoutSpaces(snippet)))
                .isEmpty();
    }

    @Test
    void refusesTheEleventhRequestOfAMinute() {
        MemoryStore store = MemoryStore.builder().build();
        RateLimiter limiter = RateLimiter.builder()
                .name("login")
                .limits(Limit.parse("10/minute"))
                .store(store)
                .build();

        for (int i = 0; i < 10; i++) {
            assertThat(login(limiter)).isEqualTo("welcome");
        }
        assertThat(login(limiter)).startsWith("come back in ");
    }

    private static String login(RateLimiter limiter) {
        Decision decision = limiter.tryAcquire("alice");
        if (decision instanceof Decision.Refused refused) {
            return "come back in " + (refused.retryAfter().toSeconds() + 1) + " s";
        }
        return "welcome";
    }

    @Test
    void takesFromSeveralLimitsOrFromNone() {
        MemoryStore store = MemoryStore.builder().ticker(still).build();
        RateLimiter uploads = RateLimiter.builder()
                .name("uploads")
                .limits(Limit.parseAll("1000/day; 100/hour; 10/second"))
                .store(store)
                .build();

        Decision decision = uploads.tryAcquire("alice", 5);

        assertThat(decision.usages()).extracting(Usage::remaining).containsExactly(995L, 95L, 5L);
    }

    @Test
    void takesAddressesAsNumbersLooksForgetsAndGivesBack() {
        RateLimiter limiter = RateLimiter.builder()
                .name("one")
                .limits(Limit.parse("2/minute"))
                .store(MemoryStore.builder().ticker(still).build())
                .build();
        assertThat(allowed(limiter, 1, 2)).isTrue();

        lookForgetGiveBack(limiter);

        assertThat(limiter.tryAcquire("alice", 2).allowed()).isTrue();
    }

    private static boolean allowed(RateLimiter limiter, long addressHigh, long addressLow) {
        Decision decision = limiter.tryAcquire(addressHigh, addressLow, 1);
        return decision.allowed();
    }

    private static void lookForgetGiveBack(RateLimiter limiter) {
        Decision asItStands = limiter.peek("alice", 1);
        if (limiter.tryAcquire("alice") instanceof Decision.Allowed allowed && !work()) {
            allowed.refund();
        }
        limiter.reset("alice");

        assertThat(limiter.peek("alice", 1).usages()).isEqualTo(asItStands.usages());
    }

    private static boolean work() {
        return false;
    }

    @Test
    void takesFromSeveralKeysOrFromNone() {
        MemoryStore store = MemoryStore.builder().build();
        RateLimiter perUser = limiter("user", "2/minute", store);
        RateLimiter perTenant = limiter("tenant", "1/minute", store);
        RateLimiter kilobytes = limiter("kilobytes", "1000/minute", store);
        perTenant.tryAcquire("acme");

        JointDecision decision = RateLimiter.tryAcquireAll(
                List.of(perUser.claim("alice", 1), perTenant.claim("acme", 1), kilobytes.claim("acme", 400)));

        assertThat(decision.allowed()).isFalse();
        assertThat(decision.decisions()).extracting(Decision::allowed).containsExactly(true, false, true);
    }

    private static RateLimiter limiter(String name, String limits, MemoryStore store) {
        return RateLimiter.builder()
                .name(name)
                .limits(Limit.parseAll(limits))
                .store(store)
                .build();
    }

    @Test
    void asksForOneKeyAllTheTimeAndShowsIt() {
        RateLimiter limiter =
                limiter("one", "2/minute", MemoryStore.builder().ticker(still).build());

        KeyLimiter everybody = limiter.forKey(Key.of("everybody"));
        long waitNanos = everybody.tryAcquireNanos(1);

        Snapshot snapshot = limiter.snapshot(Key.of("everybody"));

        assertThat(waitNanos).isZero();
        assertThat(snapshot.permitAges()).containsExactly(Duration.ZERO);
    }

    @Test
    void letsTimePassInTests() {
        ManualTicker ticker = new ManualTicker();
        MemoryStore store = MemoryStore.builder().ticker(ticker).build();
        RateLimiter limiter = RateLimiter.builder()
                .name("tested")
                .limits(Limit.parse("1/hour"))
                .store(store)
                .build();

        boolean first = limiter.tryAcquire("alice").allowed();
        boolean second = limiter.tryAcquire("alice").allowed();
        ticker.advance(Duration.ofHours(1));
        boolean third = limiter.tryAcquire("alice").allowed();

        assertThat(List.of(first, second, third)).containsExactly(true, false, true);
    }

    private static String withoutSpaces(String text) {
        return text.replaceAll("\\s+", "");
    }
}
