package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The form of the Grafana dashboard; what it asks for is held against a server by {@link WatchFilesTest}. */
class DashboardTest {
    private static final int COLUMNS = 24;

    private final List<JsonNode> panels = new ArrayList<>();
    private JsonNode dashboard = Json.mapper().createObjectNode();

    /** The cells of Grafana's grid that a panel covers. */
    private record Cell(int column, int row) {}

    @BeforeEach
    void read() throws Exception {
        dashboard = Json.mapper().readTree(RepositoryFile.read("deploy/grafana/headway.json"));
        dashboard.path("panels").forEach(panels::add);
    }

    @Test
    void hasPanelsWithNumbersOfTheirOwn() {
        assertThat(panels)
                .hasSizeGreaterThan(30)
                .extracting(panel -> panel.path("id").asInt(0))
                .doesNotHaveDuplicates()
                .allMatch(id -> id > 0);
    }

    @Test
    void putsNoPanelOnAnotherNorOutsideTheGrid() {
        Set<Cell> taken = new HashSet<>();
        for (JsonNode panel : panels) {
            List<Cell> cells = cells(panel.path("gridPos"));

            assertThat(cells)
                    .as(panel.path("title").asString(""))
                    .isNotEmpty()
                    .noneMatch(taken::contains)
                    .allMatch(cell -> cell.column() >= 0 && cell.column() < COLUMNS && cell.row() >= 0);
            taken.addAll(cells);
        }
    }

    @Test
    void listsPanelsInTheOrderInWhichTheyAreSeen() {
        assertThat(panels)
                .extracting(panel -> panel.path("gridPos").path("y").asInt(-1) * COLUMNS
                        + panel.path("gridPos").path("x").asInt(-1))
                .isSorted();
    }

    @Test
    void asksWhicheverPrometheusIsChosenOfWhicheverServersAreChosen() {
        assertThat(dashboard.path("templating").path("list"))
                .extracting(variable -> variable.path("name").asString(""))
                .containsExactly("datasource", "instance");
        assertThat(panels)
                .filteredOn(panel -> !panel.path("type").asString("").equals("row"))
                .allSatisfy(panel -> {
                    assertThat(uid(panel)).isEqualTo("${datasource}");
                    assertThat(panel.path("targets")).isNotEmpty().allSatisfy(target -> {
                        assertThat(uid(target)).isEqualTo("${datasource}");
                        assertThat(target.path("expr").asString("")).contains("instance=~\"$instance\"");
                    });
                    assertThat(panel.path("targets"))
                            .extracting(target -> target.path("refId").asString(""))
                            .doesNotHaveDuplicates();
                });
    }

    @Test
    void saysInEveryPanelWhatIsSeen() {
        assertThat(panels).allSatisfy(panel -> {
            assertThat(panel.path("title").asString("")).isNotBlank();
            assertThat(panel.path("type").asString("")).isIn("row", "stat", "timeseries", "bargauge");
        });
        assertThat(panels)
                .filteredOn(panel -> panel.has("targets"))
                .allSatisfy(panel ->
                        assertThat(panel.path("description").asString("")).isNotBlank());
    }

    private static String uid(JsonNode node) {
        return node.path("datasource").path("uid").asString("");
    }

    private static List<Cell> cells(JsonNode place) {
        List<Cell> cells = new ArrayList<>();
        for (int column = 0; column < place.path("w").asInt(0); column++) {
            for (int row = 0; row < place.path("h").asInt(0); row++) {
                cells.add(new Cell(
                        place.path("x").asInt(-1) + column, place.path("y").asInt(-1) + row));
            }
        }
        return cells;
    }
}
