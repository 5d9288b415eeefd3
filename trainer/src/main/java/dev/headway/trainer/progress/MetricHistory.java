package dev.headway.trainer.progress;

import dev.headway.trainer.files.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** All points of a run, in the order of their steps, one for each. Not for more than one thread. */
public final class MetricHistory {
    private final List<MetricPoint> points = new ArrayList<>();

    /** Reads a history back from JSON. */
    public static MetricHistory parse(JsonNode json) {
        MetricHistory history = new MetricHistory();
        json.valueStream().map(MetricPoint::parse).forEach(history::add);
        return history;
    }

    /** Adds a point; one for the step of the last point is merged into it. */
    public void add(MetricPoint point) {
        int last = points.size() - 1;
        if (last >= 0 && points.get(last).step() == point.step())
            points.set(last, points.get(last).merge(point));
        else points.add(point);
    }

    /** Returns the newest point. */
    public Optional<MetricPoint> newest() {
        return points.isEmpty() ? Optional.empty() : Optional.of(points.get(points.size() - 1));
    }

    /** Returns the trend of the training loss. */
    public Trend trend() {
        return Trend.of(points.stream()
                .map(MetricPoint::trainLoss)
                .filter(loss -> !loss.isNaN())
                .toList());
    }

    /** Returns all points in the form of progress.json. */
    public ArrayNode toJson() {
        ArrayNode json = Json.object().putArray("points");
        points.forEach(point -> json.add(point.toJson()));
        return json;
    }
}
