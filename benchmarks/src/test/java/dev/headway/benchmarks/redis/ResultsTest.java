package dev.headway.benchmarks.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Claims about what is printed of measurements. */
final class ResultsTest {

    @Test
    void summarisesTheBetterFormOfEachByItsMedian() {
        Results results = new Results();
        results.add("headway-admit", "16 threads", 60_000);
        results.add("headway-admit", "16 asynchronous", 80_000);
        results.add("headway-admit", "16 asynchronous", 10_000);
        results.add("headway-admit", "16 asynchronous", 90_000);
        results.add("get", "16 threads", 100_000.4);

        assertThat(results.json())
                .isEqualTo("{\"headway-admit\":80000,\"headway-refuse\":null,\"bucket4j-admit\":null,"
                        + "\"bucket4j-refuse\":null,\"redis-benchmark-admit\":null,\"redis-benchmark-refuse\":null,"
                        + "\"get\":100000,\"naive-admit\":null,\"naive-refuse\":null}");
    }

    @Test
    void saysWhichTargetsAreMetAndWhichCouldNotBeMeasured() {
        Results results = new Results();
        results.add("headway-admit", "16 threads", 80_000);
        results.add("bucket4j-admit", "16 threads", 40_000);
        results.add("headway-refuse", "16 threads", 900_000);
        results.add("bucket4j-refuse", "16 threads", 100_000);

        assertThat(results.verdicts().lines())
                .containsExactly(
                        "",
                        "headway-admit / bucket4j-admit: 2.00, at least 1.80 wanted: met",
                        "headway-admit / redis-benchmark-admit: not measured",
                        "headway-refuse / bucket4j-refuse: 9.00, at least 10.00 wanted: missed");
    }

    @Test
    void showsBothFormsBesideTheBetterOne() {
        Results results = new Results();
        results.add("bucket4j-refuse", "16 threads", 100_000);
        results.add("headway-refuse", "16 threads", 400_000);
        results.add("headway-refuse", "16 asynchronous", 900_000);

        assertThat(results.table())
                .contains("| bucket4j-refuse | 100000 (1.00), 16 threads 100000 |")
                .contains("| headway-refuse | 900000 (9.00), 16 threads 400000, 16 asynchronous 900000 |");
    }
}
