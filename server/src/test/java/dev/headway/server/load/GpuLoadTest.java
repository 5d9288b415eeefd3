package dev.headway.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of the answers of nvidia-smi, for which a script stands in. */
final class GpuLoadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Script nvidiaSmi = new Script(Path.of("."), "");

    @BeforeEach
    void placeTheScript() {
        nvidiaSmi = new Script(directory, "nvidia-smi");
    }

    @Test
    void asksForTheUtilizationOfEveryCard() throws IOException {
        nvidiaSmi.does("test \"$*\" = '--query-gpu=utilization.gpu --format=csv,noheader,nounits' || exit 9\necho 97");

        assertThat(look()).isEqualTo(new Reading.Level(97));
    }

    @ParameterizedTest
    @CsvSource({
        "'0', 0",
        "'100', 100",
        "'100\n100\n100\n60', 90",
        "' 12 \n13\n', 12.5",
        "'[N/A]\n40', 40",
        "'80\n[GPU is lost]\n[Unknown Error]\n90', 85",
    })
    void isTheMeanOfTheCardsThatTellSomething(String printed, double level) throws IOException {
        nvidiaSmi.does("cat <<'END'\n" + printed + "\nEND");

        assertThat(look()).isEqualTo(new Reading.Level(level));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[N/A]", "", "101", "-1", "97 %", "4294967295", "No devices were found", "\u0000\u0001\u00ff"})
    void isNotKnownWhereNoCardTellsAnything(String printed) throws IOException {
        nvidiaSmi.does("cat <<'END'\n" + printed + "\nEND");

        assertThat(reason()).startsWith("nvidia-smi tells no utilization: it printed \"");
    }

    @Test
    void isNotKnownWhereACardHasFallenOffTheBus() throws IOException {
        nvidiaSmi.does("echo 'Unable to determine the device handle for GPU 0000:3B:00.0: GPU is lost.'; exit 15");

        assertThat(reason()).isEqualTo("nvidia-smi: it ended with exit code 15");
    }

    @Test
    void isNotKnownWithoutTheProgram() throws IOException {
        Files.createDirectory(directory.resolve("nvidia-smi"));

        assertThat(reason()).isEqualTo("there is no nvidia-smi in PATH");
    }

    @Test
    void isNotKnownWhereTheProgramIsNone() throws IOException {
        nvidiaSmi.does("");
        Files.writeString(directory.resolve("nvidia-smi"), "\u007fELF, but broken");

        assertThat(reason()).startsWith("nvidia-smi: ");
    }

    @Test
    void endsAProgramThatHangsWithAllThatItHasStarted() throws IOException {
        Path pids = directory.resolve("pids");
        nvidiaSmi.does("sleep 1000 & echo $! $$ >'" + pids + "'; wait");

        Reading reading = new GpuLoad(nvidiaSmi.environment(), Duration.ofSeconds(2)).look();

        assertThat(reading).isEqualTo(new Reading.Unknown("nvidia-smi: it gave no answer within 2000 ms"));
        for (String pid : Files.readString(pids).strip().split(" ", -1)) {
            Await.until("process " + pid + " has ended", () -> hasEnded(Long.parseLong(pid)));
        }
    }

    @Test
    void isNotFloodedByAProgramThatPrintsWithoutEnd() throws IOException {
        nvidiaSmi.does("exec yes 97");

        Reading reading = new GpuLoad(nvidiaSmi.environment(), Duration.ofMillis(500)).look();

        assertThat(reading).isEqualTo(new Reading.Unknown("nvidia-smi: it gave no answer within 500 ms"));
    }

    @Test
    void putsNoControlCharacterIntoItsReason() throws IOException {
        nvidiaSmi.does("printf 'a\\r\\nb\\033[31m'; yes x | head -n 200");

        assertThat(reason()).doesNotContainPattern("\\p{Cntrl}").hasSizeLessThan(400);
    }

    @Test
    void noticesAProgramThatIsInstalledOrTakenAwayMeanwhile() throws IOException {
        GpuLoad load = new GpuLoad(nvidiaSmi.environment(), PATIENCE);
        assertThat(load.look()).isInstanceOf(Reading.Unknown.class);

        nvidiaSmi.does("echo 50");
        assertThat(load.look()).isEqualTo(new Reading.Level(50));

        nvidiaSmi.remove();
        assertThat(load.look()).isInstanceOf(Reading.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'0,2', --id=0|2",
        "'GPU-0aa1-bc', --id=GPU-0aa1-bc",
        "'', ''",
        "'-1', ''",
        "'NoDevFiles', ''",
        "'0; rm -rf /', ''",
    })
    void asksOnlyAboutCardsThatTrainersMaySee(String visible, String expected) throws IOException {
        nvidiaSmi.does("test \"$3\" = '" + expected.replace('|', ',') + "' && echo 7");
        Map<String, String> environment = new HashMap<>(nvidiaSmi.environment());
        environment.put("CUDA_VISIBLE_DEVICES", visible);

        assertThat(new GpuLoad(environment, PATIENCE).look()).isEqualTo(new Reading.Level(7));
    }

    @Test
    void tellsTheProgramNoSecret() throws IOException {
        nvidiaSmi.does("test -z \"$ADMIN_API_KEY\" && test -n \"$NVIDIA_VISIBLE_DEVICES\" && echo 7");
        Map<String, String> environment = new HashMap<>(nvidiaSmi.environment());
        environment.put("ADMIN_API_KEY", "secret");
        environment.put("NVIDIA_VISIBLE_DEVICES", "all");

        assertThat(new GpuLoad(environment, PATIENCE).look()).isEqualTo(new Reading.Level(7));
    }

    private Reading look() {
        return new GpuLoad(nvidiaSmi.environment(), PATIENCE).look();
    }

    private String reason() {
        Reading reading = look();
        assertThat(reading).isInstanceOf(Reading.Unknown.class);
        return ((Reading.Unknown) reading).reason();
    }

    private static boolean hasEnded(long pid) {
        return ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true);
    }
}
