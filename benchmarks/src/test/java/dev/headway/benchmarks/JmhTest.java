package dev.headway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.TimeValue;

/** The whole way of a measurement, once, in a process of its own. */
final class JmhTest {

    @Test
    void measuresTimeAndAllocationOfADecision() {
        Jmh shortest = new Jmh(0, 1, TimeValue.milliseconds(20), "64m");

        Timing timing = shortest.measure(ManyKeys.class, 1, Map.of("entrant", "bucket4j", "keys", "10"));

        assertThat(timing.nanos()).isPositive();
        assertThat(timing.bytes()).isPositive();
    }
}
