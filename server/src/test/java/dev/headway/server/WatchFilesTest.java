package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.Json;
import dev.headway.server.metrics.Exposition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

/** The files by which Grafana and Prometheus watch a server, held against what a whole server shows before anybody has asked it. */
class WatchFilesTest {
    private static final Pattern METRIC = Pattern.compile("\\b(?:headway|jvm|process|system)_[a-z0-9_]+");
    private static final Pattern OURS = Pattern.compile("\\bheadway_[a-z0-9_]+");
    private static final Pattern RECORDED = Pattern.compile("\\bheadway:[a-z0-9_:]+");
    private static final Pattern SELECTOR = Pattern.compile("(?<![\\w:])([a-z0-9_]+)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(?:=~|!~|!=|=)\"([^\"]*)\"");

    @TempDir
    Path directory;

    @Test
    void useOnlyMetricsAndLabelsThatThereAre() throws Exception {
        List<String> expressions = new ArrayList<>(dashboardExpressions());
        expressions.addAll(ruleExpressions());
        Exposition shown = shown();

        assertThat(expressions).hasSizeGreaterThan(40);
        assertThat(expressions).allSatisfy(expression -> {
            assertThat(shown.names()).containsAll(found(METRIC, withoutLabels(expression)));
            assertThat(labels(expression))
                    .allSatisfy(label -> assertThat(shown.series())
                            .anyMatch(series ->
                                    series.startsWith(label.metric() + "{") && series.contains(label.text())));
        });
    }

    @Test
    void explainEveryMetricInTheDocumentsAndNoOther() throws Exception {
        Set<String> documented = found(OURS, RepositoryFile.read("docs/operations.md"));
        Set<String> shown = new TreeSet<>();
        shown().names().stream()
                .filter(name -> name.startsWith("headway_"))
                .forEach(name -> shown.add(name.replaceFirst("_(?:bucket|sum|count|max)$", "")));

        assertThat(documented).containsExactlyInAnyOrderElementsOf(shown);
    }

    @Test
    void useOnlyRecordedSeriesThatARuleRecords() throws Exception {
        Set<String> recorded = new HashSet<>();
        rules().forEach(rule -> recorded.add(rule.path("record").asString("")));

        Set<String> used = new HashSet<>();
        ruleExpressions().forEach(expression -> used.addAll(found(RECORDED, expression)));
        dashboardExpressions().forEach(expression -> used.addAll(found(RECORDED, expression)));

        assertThat(used).isNotEmpty().isSubsetOf(recorded);
    }

    @Test
    void sayInEveryAlertWhatIsWrongAndHowBadItIs() throws Exception {
        List<JsonNode> alerts =
                rules().stream().filter(rule -> rule.has("alert")).toList();

        assertThat(alerts).hasSizeGreaterThan(10).allSatisfy(alert -> {
            assertThat(alert.path("annotations").path("summary").asString("")).contains("$labels.instance");
            assertThat(alert.path("labels").path("severity").asString("")).isIn("critical", "warning", "info");
        });
    }

    @Test
    void haveThePrometheusThatReadsTheRulesAskTheRightPath() throws Exception {
        JsonNode prometheus = yaml("deploy/prometheus/prometheus.yml");

        assertThat(prometheus.path("rule_files").path(0).asString("")).isEqualTo("rules.yml");
        assertThat(prometheus.path("scrape_configs").toString()).contains("127.0.0.1:8000");
    }

    private Exposition shown() throws Exception {
        try (WholeServer server = WholeServer.start(directory, Map.of())) {
            return Exposition.parse(server.get("/metrics").body());
        }
    }

    private record Label(String metric, String text) {}

    private static List<Label> labels(String expression) {
        List<Label> labels = new ArrayList<>();
        Matcher selectors = SELECTOR.matcher(expression);
        while (selectors.find()) {
            Matcher matchers = MATCHER.matcher(selectors.group(2));
            while (matchers.find()) {
                if (!matchers.group(1).equals("instance")) {
                    for (String value : matchers.group(2).split("\\|", -1)) {
                        labels.add(new Label(selectors.group(1), matchers.group(1) + "=\"" + value + "\""));
                    }
                }
            }
        }
        return labels;
    }

    private static String withoutLabels(String expression) {
        return expression.replaceAll("\\{[^}]*}", "");
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new HashSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    private static List<String> dashboardExpressions() throws Exception {
        List<String> expressions = new ArrayList<>();
        JsonNode dashboard = Json.mapper().readTree(RepositoryFile.read("deploy/grafana/headway.json"));
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                expressions.add(target.path("expr").asString(""));
            }
        }
        return expressions;
    }

    private static List<String> ruleExpressions() throws Exception {
        return rules().stream().map(rule -> rule.path("expr").asString("")).toList();
    }

    private static List<JsonNode> rules() throws Exception {
        List<JsonNode> rules = new ArrayList<>();
        for (JsonNode group : yaml("deploy/prometheus/rules.yml").path("groups")) {
            group.path("rules").forEach(rules::add);
        }
        return rules;
    }

    private static JsonNode yaml(String file) throws Exception {
        return Json.mapper()
                .valueToTree(new Load(LoadSettings.builder().build()).loadFromString(RepositoryFile.read(file)));
    }
}
