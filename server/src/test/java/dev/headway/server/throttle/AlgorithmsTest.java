package dev.headway.server.throttle;

import static dev.headway.server.throttle.Asking.admitted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.server.caller.Caller;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.throttle.settings.LimitClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Claims about how the algorithms differ: the table of docs/limits.md is what happens here. Threads do not share it. */
class AlgorithmsTest {
    private static final Path PAGE = Path.of("..", "docs", "limits.md");
    private static final int MINUTE = 60;

    /** So many requests at a second. */
    private record Burst(int second, int requests) {}

    private static final List<Burst> STORY =
            List.of(new Burst(0, 5), new Burst(59, 20), new Burst(61, 20), new Burst(90, 20));

    @Test
    void theTableOfThePageIsWhatHappens() throws IOException {
        String table =
                Arrays.stream(Algorithm.values()).map(AlgorithmsTest::row).collect(Collectors.joining("\n"));

        assertThat(Files.readString(PAGE)).contains("|---|---|---|---|---|---|\n" + table + "\n\n");
    }

    /** Tiers are views of one limiter under other limits, which every algorithm must be able to keep. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PACING")
    void everyAlgorithmThatLetsManyGoAtOnceKnowsTiers(Algorithm algorithm) {
        assertThat(admitted(execute(algorithm, new ManualTicker()), Caller.LOCAL, 200))
                .isEqualTo(10);
        assertThat(admitted(execute(algorithm, new ManualTicker()), user(Tier.FREE), 200))
                .isEqualTo(5);
        assertThat(admitted(execute(algorithm, new ManualTicker()), user(Tier.ENTERPRISE), 200))
                .isEqualTo(100);
    }

    private static Caller user(Tier tier) {
        return new Caller(Caller.LOCAL.client(), new User(tier.toString(), Optional.of(tier)));
    }

    private static String row(Algorithm algorithm) {
        List<Integer> admitted = story(algorithm);
        String cells = admitted.stream().map(String::valueOf).collect(Collectors.joining(" | "));
        return "| `%s` | %s | %d |".formatted(algorithm, cells, mostInAMinute(admitted));
    }

    private static List<Integer> story(Algorithm algorithm) {
        ManualTicker ticker = new ManualTicker();
        EndpointLimit limit = execute(algorithm, ticker);
        List<Integer> admitted = new ArrayList<>();
        for (Burst burst : STORY) {
            ticker.set(Duration.ofSeconds(burst.second()).toNanos());
            admitted.add(admitted(limit, Caller.LOCAL, burst.requests()));
        }
        return admitted;
    }

    private static int mostInAMinute(List<Integer> admitted) {
        int most = 0;
        for (int first = 0; first < STORY.size(); first++) {
            int sum = 0;
            for (int later = first; later < STORY.size(); later++) {
                int seconds = STORY.get(later).second() - STORY.get(first).second();
                sum += seconds < MINUTE ? admitted.get(later) : 0;
            }
            most = Math.max(most, sum);
        }
        return most;
    }

    private static EndpointLimit execute(Algorithm algorithm, ManualTicker ticker) {
        MemoryStore store = MemoryStore.builder().ticker(ticker).build();
        return new Throttle(RateLimits.countedBy(algorithm), store, Clock.systemUTC())
                .limit(LimitClass.EXECUTE, "POST /api/training/execute");
    }
}
