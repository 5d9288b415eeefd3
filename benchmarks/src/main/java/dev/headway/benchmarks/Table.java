package dev.headway.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Figures of all contenders in several scenarios, each beside its ratio to one contender's. One thread fills it.
 *
 * <p>Printed as Markdown, so that it can be pasted into a note as it is.
 */
public final class Table {

    private final String title;
    private final String reference;
    private final List<String> columns;
    private final Map<String, List<Cell>> rows = new LinkedHashMap<>();

    /** A table without rows; the reference is the contender of which the others' ratios are told. */
    public Table(String title, String reference, List<String> columns) {
        this.title = title;
        this.reference = reference;
        this.columns = List.copyOf(columns);
    }

    /** Adds the next figure of a contender's row, with a remark such as the bytes that it allocates. */
    public void add(String contender, double figure, String remark) {
        rows.computeIfAbsent(contender, absent -> new ArrayList<>()).add(new Cell(figure, remark));
    }

    /** The table as Markdown, with its title. */
    public String print() {
        StringBuilder text = new StringBuilder();
        text.append(System.lineSeparator())
                .append(title)
                .append(System.lineSeparator())
                .append(System.lineSeparator());
        line(text, "", columns);
        line(text, "---", columns.stream().map(column -> "---:").toList());
        rows.forEach((contender, cells) -> line(text, contender, cells(cells)));
        return text.toString();
    }

    private List<String> cells(List<Cell> cells) {
        List<String> texts = new ArrayList<>();
        for (int column = 0; column < cells.size(); column++) {
            texts.add(cells.get(column).print(referenceFigure(column)));
        }
        return texts;
    }

    private Optional<Double> referenceFigure(int column) {
        List<Cell> row = rows.getOrDefault(reference, List.of());
        return column < row.size() ? Optional.of(row.get(column).figure()) : Optional.empty();
    }

    private static void line(StringBuilder text, String first, List<String> others) {
        text.append("| ").append(first);
        others.forEach(other -> text.append(" | ").append(other));
        text.append(" |").append(System.lineSeparator());
    }

    private record Cell(double figure, String remark) {

        String print(Optional<Double> reference) {
            String ratio = reference
                    .map(other -> String.format(Locale.ROOT, " (%.2f)", figure / other))
                    .orElse("");
            return String.format(Locale.ROOT, figure < 100 ? "%.1f" : "%.0f", figure) + ratio + remark;
        }
    }
}
