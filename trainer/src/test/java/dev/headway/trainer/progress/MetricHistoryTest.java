package dev.headway.trainer.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.trainer.files.Json;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class MetricHistoryTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void mergesALaterMeasurementOfTheSameStepIntoItsPoint() {
        MetricHistory history = new MetricHistory();
        history.add(point(10, 2.0, Double.NaN));
        history.add(point(10, Double.NaN, 1.5));
        history.add(point(20, 1.0, Double.NaN));

        JsonNode json = history.toJson();

        assertThat(json.size()).isEqualTo(2);
        assertThat(json.path(0).path("train_loss").asDouble()).isEqualTo(2.0);
        assertThat(json.path(0).path("eval_loss").asDouble()).isEqualTo(1.5);
        assertThat(json.path(0).path("perplexity").asDouble()).isEqualTo(4.4817);
        assertThat(json.path(1).path("eval_loss").isNull()).isTrue();
    }

    @Test
    void writesThePointsThatClientsRead() {
        MetricPoint point = new MetricPoint(7, 0.35, 1.23456789, Double.NaN, 1e-4, 0.5, 12.3456, 789.01, NOON);

        assertThat(Json.compact(point.toJson()))
                .isEqualTo("{\"step\":7,\"epoch\":0.35,\"train_loss\":1.234568,\"eval_loss\":null,"
                        + "\"learning_rate\":1.0E-4,\"grad_norm\":0.5,\"gpu_memory_allocated_gb\":null,"
                        + "\"gpu_memory_reserved_gb\":null,\"gpu_utilization_percent\":null,\"perplexity\":null,"
                        + "\"train_perplexity\":3.4369,\"samples_per_second\":12.346,\"tokens_per_second\":789.0,"
                        + "\"timestamp\":\"2026-01-01T12:00:00Z\"}");
    }

    @Test
    void comesBackFromJsonAsItWas() {
        MetricHistory history = new MetricHistory();
        history.add(point(10, 2.0, 1.5));
        history.add(point(20, Double.NaN, Double.NaN));

        assertThat(MetricHistory.parse(history.toJson()).toJson()).isEqualTo(history.toJson());
    }

    @ParameterizedTest
    @CsvSource({
        "'2 2 2 2 2 1 1 1 1', INSUFFICIENT_DATA",
        "'2 2 2 2 2 1 1 1 1 1', IMPROVING",
        "'9 2 2 2 2 2 2 2 2 2 2', STABLE",
        "'1 1 1 1 1 1 1 1 1 2', DEGRADING"
    })
    void saysWhereTheLossIsGoing(String losses, Trend trend) {
        assertThat(Trend.of(
                        Stream.of(losses.split(" ", -1)).map(Double::valueOf).collect(Collectors.toList())))
                .isEqualTo(trend);
    }

    private static MetricPoint point(long step, double trainLoss, double evaluationLoss) {
        return new MetricPoint(step, step / 20.0, trainLoss, evaluationLoss, 1e-4, 0.5, 12, 789, NOON);
    }
}
