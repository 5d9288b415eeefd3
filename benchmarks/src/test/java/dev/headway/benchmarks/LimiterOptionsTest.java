package dev.headway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.benchmarks.contender.Entrants;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims about what can be asked of the benchmark of limiters. */
final class LimiterOptionsTest {

    @Test
    void measuresEverythingUnlessTold() {
        LimiterOptions options = LimiterOptions.parse(List.of());

        assertThat(options.quick()).isFalse();
        assertThat(options.parts()).containsExactlyInAnyOrder(Part.values());
        assertThat(options.entrants()).isEqualTo(Entrants.ids());
    }

    @Test
    void measuresThePartsAndEntrantsThatAreNamed() {
        LimiterOptions options =
                LimiterOptions.parse(List.of("--entrants", "bucket4j,headway-token-bucket", "--only", "heap,hot-key"));

        assertThat(options.parts()).containsExactlyInAnyOrder(Part.HEAP, Part.HOT_KEY);
        assertThat(options.entrants()).containsExactly("headway-token-bucket", "bucket4j");
    }

    @Test
    void saysWhatMeansNothing() {
        assertThatThrownBy(() -> LimiterOptions.parse(List.of("--slow")))
                .hasMessage("\"--slow\" means nothing here; try --quick, --only or --entrants");
        assertThatThrownBy(() -> LimiterOptions.parse(List.of("--only"))).hasMessage("--only needs a list behind it");
        assertThatThrownBy(() -> LimiterOptions.parse(List.of("--quick", "--only", "heap")))
                .hasMessage("--quick goes alone");
        assertThatThrownBy(() -> LimiterOptions.parse(List.of("--entrants", "bucket5j")))
                .hasMessageStartingWith("--entrants bucket5j: there is no such entrant; try headway-sliding-window, ");
    }
}
