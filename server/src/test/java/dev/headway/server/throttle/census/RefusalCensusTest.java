package dev.headway.server.throttle.census;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.caller.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalCensusTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void countsFewExactly() {
        RefusalCensus census = new RefusalCensus(NOON);
        count(census, 1, 3);
        count(census, 2, 5);

        assertThat(census.top(10))
                .extracting(RefusalCount::low, RefusalCount::atLeast, RefusalCount::atMost)
                .containsExactly(tuple(2, 5, 5), tuple(1, 3, 3));
        assertThat(census.top(1)).hasSize(1);
        assertThat(census.total()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverCountsTooFewAndAtMostAShareTooMany(long seed) {
        Random random = new Random(seed);
        int places = 1 + random.nextInt(20);
        SpaceSaving counter = new SpaceSaving(places);
        Map<Long, Long> exact = new HashMap<>();
        int arrivals = 5_000;
        for (int arrival = 0; arrival < arrivals; arrival++) {
            long client = (long) Math.abs(random.nextGaussian() * 15);
            counter.count(0, client, Caller.LOCAL);
            exact.merge(client, 1L, Long::sum);
        }

        List<RefusalCount> counts = counter.counts();

        assertThat(counts).hasSizeLessThanOrEqualTo(places);
        assertThat(counts.stream().mapToLong(RefusalCount::atMost).sum()).isEqualTo(arrivals);
        assertThat(counts).allSatisfy(count -> {
            assertThat(exact.get(count.low())).isBetween(count.atLeast(), count.atMost());
            assertThat(count.atMost() - count.atLeast()).isLessThanOrEqualTo(arrivals / places);
        });
        assertThat(counts).isSortedAccordingTo((one, other) -> Long.compare(other.atMost(), one.atMost()));
        exact.forEach((client, times) -> {
            if (times > arrivals / places) {
                assertThat(counts).extracting(RefusalCount::low).contains(client);
            }
            if (counts.stream().noneMatch(count -> count.low() == client)) {
                assertThat(times).isLessThanOrEqualTo(counter.most());
            }
        });
    }

    @Test
    void findsTheHeavyOnesAmongACrowd() {
        RefusalCensus census = new RefusalCensus(NOON);
        for (int arrival = 0; arrival < 20_000; arrival++) {
            census.count(7, arrival, Caller.LOCAL);
            if (arrival % 4 == 0) {
                census.count(0, 1, Caller.LOCAL);
            }
        }

        RefusalCount first = census.top(1).get(0);

        assertThat(first.high()).isZero();
        assertThat(first.atMost()).isBetween(5_000L, 5_000L + 25_000 / 128);
        assertThat(first.atLeast()).isLessThanOrEqualTo(5_000);
    }

    @Test
    void addsUpWhatSeveralThreadsHaveCounted() throws Exception {
        RefusalCensus census = new RefusalCensus(NOON);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> counting = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            counting.add(threads.submit(() -> count(census, 1, 10_000)));
        }
        for (Future<?> one : counting) {
            one.get();
        }
        threads.shutdown();

        assertThat(census.total()).isEqualTo(40_000);
        assertThat(census.top(5))
                .singleElement()
                .satisfies(only -> assertThat(only.atMost()).isBetween(10_000L, 40_000L));
    }

    @Test
    void addsToACountWhatMayHaveBeenCountedInAnotherPlace() {
        Tally full = new Tally(List.of(new RefusalCount(0, 1, Caller.LOCAL, 9, 9)), 4);
        Tally other = new Tally(List.of(new RefusalCount(0, 2, Caller.LOCAL, 3, 2)), 0);

        assertThat(Tally.merged(List.of(full, other)))
                .extracting(RefusalCount::low, RefusalCount::atLeast, RefusalCount::atMost)
                .containsExactly(tuple(1, 9, 9), tuple(2, 2, 7));
    }

    @Test
    void forgetsWhatIsTwoTurnsAgo() {
        RefusalCensus census = new RefusalCensus(NOON);
        count(census, 1, 3);
        census.turn(NOON.plusSeconds(300));
        count(census, 1, 2);

        assertThat(census.top(5))
                .singleElement()
                .satisfies(only -> assertThat(only.atMost()).isEqualTo(5));
        assertThat(census.since()).isEqualTo(NOON);

        census.turn(NOON.plusSeconds(600));
        assertThat(census.top(5))
                .singleElement()
                .satisfies(only -> assertThat(only.atMost()).isEqualTo(2));
        assertThat(census.since()).isEqualTo(NOON.plusSeconds(300));
    }

    private static void count(RefusalCensus census, long client, int times) {
        for (int time = 0; time < times; time++) {
            census.count(0, client, Caller.LOCAL);
        }
    }

    private static Tuple tuple(long low, long atLeast, long atMost) {
        return Tuple.tuple(low, atLeast, atMost);
    }
}
