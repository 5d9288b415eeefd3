package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Claims about how many keys and bytes a store may hold. Threads do not share it. */
class PopulationTest {
    private final Population population = new Population(3, 1000);

    @Test
    void givesPlacesAsLongAsThereAreAny() {
        assertThat(population.tryTakePlace(1)).isTrue();
        assertThat(population.tryTakePlace(1)).isTrue();
        assertThat(population.tryTakePlace(1)).isTrue();
        assertThat(population.tryTakePlace(1)).isFalse();
        assertThat(population.held()).isEqualTo(3);

        population.release(2, 1);

        assertThat(population.held()).isEqualTo(1);
        assertThat(population.tryTakePlace(1)).isTrue();
    }

    @Test
    void givesPlacesAsLongAsThereAreBytes() {
        assertThat(population.tryTakePlace(400)).isTrue();
        assertThat(population.tryTakePlace(601)).isFalse();
        assertThat(population.tryTakePlace(600)).isTrue();
        assertThat(population.tryTakePlace(1)).isFalse();
        assertThat(population.held()).isEqualTo(2);

        population.release(1, 400);

        assertThat(population.tryTakePlace(401)).isFalse();
        assertThat(population.tryTakePlace(400)).isTrue();
    }

    @Test
    void takesNoBytesForAKeyThatFindsNoPlace() {
        Population small = new Population(1, 1000);
        assertThat(small.tryTakePlace(100)).isTrue();
        assertThat(small.tryTakePlace(900)).isFalse();

        small.release(1, 100);

        assertThat(small.tryTakePlace(1000)).isTrue();
    }

    @Test
    void countsWhatIsTakenAnyway() {
        for (int i = 0; i < 5; i++) {
            population.takePlaceAnyway(100);
        }
        assertThat(population.held()).isEqualTo(5);

        population.release(3, 100);

        assertThat(population.tryTakePlace(801)).isFalse();
        assertThat(population.tryTakePlace(800)).isTrue();
    }

    @Test
    void reservesWhatKeysMayTakeMore() {
        assertThat(population.tryTakePlace(100)).isTrue();
        assertThat(population.tryTakePlace(100)).isTrue();

        population.resize(2, 150);

        assertThat(population.tryTakePlace(501)).isFalse();
        assertThat(population.tryTakePlace(500)).isTrue();
    }

    @Test
    void findsNoRoomWhereNobodyReclaims() {
        assertThat(population.makeRoom(5)).isFalse();
        assertThat(population.nanosUntilRoom(5)).isEqualTo(1);
    }

    @Test
    void givesNoMorePlacesThanThereAreHoweverManyThreadsAsk() throws Exception {
        Population contended = new Population(10_000, Long.MAX_VALUE);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> takers = Stream.generate(() -> threads.submit(() -> takeAll(contended)))
                    .limit(4)
                    .collect(Collectors.toList());
            int taken = 0;
            for (Future<Integer> taker : takers) {
                taken += taker.get();
            }
            assertThat(taken).isEqualTo(10_000);
        } finally {
            threads.shutdownNow();
        }
    }

    private static int takeAll(Population population) {
        int taken = 0;
        while (population.tryTakePlace(1)) {
            taken++;
        }
        return taken;
    }
}
