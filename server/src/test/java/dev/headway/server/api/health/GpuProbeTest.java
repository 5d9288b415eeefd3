package dev.headway.server.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GpuProbeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void countsTheGpusAndNamesTheFirst() throws IOException {
        script("""
                test "$*" = '--query-gpu=name --format=csv,noheader' || exit 9
                echo 'NVIDIA A100-SXM4-80GB'
                echo 'NVIDIA A100-SXM4-80GB'
                """);

        Gpus gpus = probe();

        assertThat(gpus.available()).isTrue();
        assertThat(gpus.info()).isEqualTo("2x NVIDIA A100-SXM4-80GB");
    }

    @Test
    void findsNoGpuWhereThereIsNoProgram() {
        Gpus gpus = GpuProbe.in(Map.of("PATH", "/nonexistent::" + directory), PATIENCE)
                .probe();

        assertThat(gpus.available()).isFalse();
        assertThat(gpus.info()).isEqualTo("No GPU detected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exit 0",
                "echo 'NVIDIA A100'; exit 1",
                "echo \"NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver: reboot\"",
                "printf '\\000\\001\\377\\n'",
                "echo broken >&2; exit 127",
            })
    void findsNoGpuInFailuresAndGarbage(String body) throws IOException {
        script(body + "\n");

        assertThat(probe().available()).isFalse();
    }

    @Test
    void givesUpOnAProgramThatHangsAndEndsItWithItsChildren() throws IOException {
        Path pids = directory.resolve("pids");
        script("sleep 1000 & echo $! $$ >'" + pids + "'; wait\n");

        Gpus gpus = GpuProbe.in(Map.of("PATH", directory.toString()), Duration.ofMillis(500))
                .probe();

        assertThat(gpus.available()).isFalse();
        if (Files.exists(pids)) {
            for (String pid : Files.readString(pids).trim().split(" ", -1)) {
                ProcessHandle.of(Long.parseLong(pid))
                        .ifPresent(process ->
                                process.onExit().orTimeout(20, TimeUnit.SECONDS).join());
            }
        }
    }

    @Test
    void isNotFloodedByAProgramThatPrintsWithoutEnd() throws IOException {
        script("exec yes\n");

        assertThat(GpuProbe.in(Map.of("PATH", directory.toString()), Duration.ofMillis(500))
                        .probe()
                        .available())
                .isFalse();
    }

    @Test
    void readsOnlySoMuchOfALongList() throws IOException {
        script("i=0; while [ $i -lt 4000 ]; do echo 'GPU A'; i=$((i+1)); done\n");

        assertThat(probe().names()).hasSizeBetween(1, 4_000);
    }

    private Gpus probe() {
        return GpuProbe.in(Map.of("PATH", "/nonexistent:" + directory), PATIENCE)
                .probe();
    }

    private void script(String body) throws IOException {
        Path program = directory.resolve("nvidia-smi");
        Files.writeString(program, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
