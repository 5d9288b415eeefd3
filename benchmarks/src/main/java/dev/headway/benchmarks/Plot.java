package dev.headway.benchmarks;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lines over two logarithmic axes, drawn as SVG. One thread fills it. */
final class Plot {

    private static final int WIDTH = 820;
    private static final int HEIGHT = 480;
    private static final int LEFT = 70;
    private static final int RIGHT = 230;
    private static final int TOP = 50;
    private static final int BOTTOM = 50;
    private static final int LABEL_HEIGHT = 15;
    // Distinguishable also for the colour-blind (Okabe and Ito).
    private static final List<String> COLOURS =
            List.of("#0072B2", "#56B4E9", "#D55E00", "#009E73", "#CC79A7", "#888888", "#E69F00");

    private final String title;
    private final String across;
    private final String up;
    private final Map<String, List<Point>> lines = new LinkedHashMap<>();

    private record Point(double across, double up) {}

    Plot(String title, String across, String up) {
        this.title = title;
        this.across = across;
        this.up = up;
    }

    void add(String line, double pointAcross, double pointUp) {
        lines.computeIfAbsent(line, absent -> new ArrayList<>()).add(new Point(pointAcross, pointUp));
    }

    /** The drawing; at least one point must be there. */
    String svg() {
        Formatter svg = new Formatter(Locale.ROOT);
        svg.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n",
                WIDTH, HEIGHT);
        svg.format("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", WIDTH, HEIGHT);
        svg.format("<text x=\"%d\" y=\"25\" font-size=\"15\">%s</text>%n", LEFT, title);
        Axis horizontal = axis(points().stream().map(Point::across).toList(), LEFT, WIDTH - RIGHT);
        Axis vertical = axis(points().stream().map(Point::up).toList(), HEIGHT - BOTTOM, TOP);
        drawGrid(svg, horizontal, vertical);
        drawLines(svg, horizontal, vertical);
        return svg.format("</svg>%n").toString();
    }

    private List<Point> points() {
        return lines.values().stream().flatMap(List::stream).toList();
    }

    private void drawGrid(Formatter svg, Axis horizontal, Axis vertical) {
        for (double tick : horizontal.decades()) {
            double x = horizontal.place(tick);
            svg.format(
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#ddd\"/>%n",
                    x, TOP, x, HEIGHT - BOTTOM);
            svg.format(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,.0f</text>%n",
                    x, HEIGHT - BOTTOM + LABEL_HEIGHT, tick);
        }
        for (double tick : vertical.decades()) {
            double y = vertical.place(tick);
            svg.format(
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>%n", LEFT, y, WIDTH - RIGHT, y);
            svg.format("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%,.0f</text>%n", LEFT - 6, y + 4, tick);
        }
        svg.format("<text x=\"%d\" y=\"%d\">%s</text>%n", WIDTH - RIGHT - 30, HEIGHT - 10, across);
        svg.format("<text x=\"%d\" y=\"%d\">%s</text>%n", 8, TOP - 8, up);
    }

    private void drawLines(Formatter svg, Axis horizontal, Axis vertical) {
        int number = 0;
        for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
            String colour = COLOURS.get(number % COLOURS.size());
            Formatter points = new Formatter(Locale.ROOT);
            for (Point point : line.getValue()) {
                points.format("%.1f,%.1f ", horizontal.place(point.across()), vertical.place(point.up()));
            }
            svg.format(
                    "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                    points.toString().strip(), colour);
            int y = TOP + 10 + number * (LABEL_HEIGHT + 5);
            svg.format(
                    "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                    WIDTH - RIGHT + 8, y - 4, WIDTH - RIGHT + 26, y - 4, colour);
            svg.format("<text x=\"%d\" y=\"%d\">%s</text>%n", WIDTH - RIGHT + 30, y, line.getKey());
            number++;
        }
    }

    private static Axis axis(List<Double> values, int from, int to) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        int first = (int) Math.floor(Math.log10(least));
        int last = (int) Math.ceil(Math.log10(most));
        return new Axis(first, Math.max(first + 1, last), from, to);
    }

    /** A logarithmic axis from one power of ten to another, laid between two places on the paper. */
    private record Axis(int first, int last, int from, int to) {

        double place(double value) {
            return from + (Math.log10(value) - first) / (last - first) * (to - from);
        }

        List<Double> decades() {
            List<Double> decades = new ArrayList<>();
            for (int power = first; power <= last; power++) {
                decades.add(Math.pow(10, power));
            }
            return decades;
        }
    }
}
