package dev.headway.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PeakMemoryTest {
    @Test
    void readsTheHighWaterMark() {
        assertThat(PeakMemory.parse(List.of("VmPeak:\t  99999 kB", "VmHWM:\t  532480 kB", "VmRSS:\t 1 kB")))
                .hasValue(520);
        assertThat(PeakMemory.parse(List.of("Name:\tjava"))).isEmpty();
    }
}
