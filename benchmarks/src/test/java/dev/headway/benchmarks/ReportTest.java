package dev.headway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run prints and draws. */
final class ReportTest {

    @Test
    void printsEachFigureBesideItsRatioToTheReference() {
        Table table = new Table("Title", "bucket4j", List.of("one", "two"));
        table.add("headway", 20, ", 0 B");
        table.add("bucket4j", 80, ", 64 B");
        table.add("headway", 150, "");
        table.add("bucket4j", 300, "");

        assertThat(table.print().lines())
                .containsExactly(
                        "",
                        "Title",
                        "",
                        "|  | one | two |",
                        "| --- | ---: | ---: |",
                        "| headway | 20.0 (0.25), 0 B | 150 (0.50) |",
                        "| bucket4j | 80.0 (1.00), 64 B | 300 (1.00) |");
    }

    @Test
    void endsTheQuickRunWithOneJsonObject() {
        Map<String, Double> medians = new LinkedHashMap<>();
        medians.put("bucket4j", 354.04);
        medians.put("map-get", 20.0);

        assertThat(QuickRun.json(medians)).isEqualTo("{\"bucket4j\":354.0,\"map-get\":20.0}");
    }

    @Test
    void drawsEveryPointOfALineBetweenItsDecades() {
        Plot plot = new Plot("Title", "keys", "ns");
        plot.add("bucket4j", 1_000, 10);
        plot.add("bucket4j", 10_000, 100);

        // The paper between the axes is from x 70 to 590 and from y 430 up to 50.
        assertThat(plot.svg())
                .contains("<polyline points=\"70.0,430.0 590.0,50.0\"")
                .contains(">bucket4j</text>", ">1,000</text>", ">10,000</text>", ">Title</text>")
                .endsWith("</svg>" + System.lineSeparator());
    }

    @Test
    void takesTheMiddleOfTheFiguresAsTheMedian() {
        assertThat(Jmh.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5.0);
        assertThat(Jmh.median(List.of(9.0, 1.0, 5.0, 3.0))).isEqualTo(4.0);
    }

    @Test
    void saysWhichPartsThereAre() {
        assertThat(Part.parseAll("heap,hot-key")).containsExactlyInAnyOrder(Part.HEAP, Part.HOT_KEY);
        assertThatThrownBy(() -> Part.parseAll("heap,"))
                .hasMessage("--only : there is no such part; try hot-key, many-keys, heap, sweep");
    }
}
