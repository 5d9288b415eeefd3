package dev.headway.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real programs, each a line of shell. */
class ErrandsTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    private Path directory = Path.of(".");

    private Optional<Errands> opened = Optional.empty();

    @AfterEach
    void close() {
        opened.ifPresent(Errands::close);
    }

    @Test
    void tellsTheCodeAndWhatWasPrinted() throws Exception {
        assertThat(end(errands(1, LONG), "echo out; echo err >&2; exit 3"))
                .isEqualTo(new ErrandEnd.Ended(3, "out\nerr\n"));
    }

    @Test
    void keepsOnlyTheLastOfAnEndlessOutput() throws Exception {
        ErrandEnd end = end(errands(1, LONG), "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done");

        assertThat(end)
                .isInstanceOfSatisfying(
                        ErrandEnd.Ended.class,
                        ended -> assertThat(ended.output()).hasSize(64 << 10).endsWith("line 19998\nline 19999\n"));
    }

    @Test
    void hasRoomForAFewAtOnceAndAgainWhenOneHasEnded() throws Exception {
        Errands errands = errands(2, LONG);
        CompletableFuture<ErrandEnd> first = start(errands, "while [ ! -e go ]; do sleep 0.01; done");
        CompletableFuture<ErrandEnd> second = start(errands, "while [ ! -e go ]; do sleep 0.01; done");
        assertThat(errands.tryRun(shell("true"))).isEmpty();

        Files.createFile(directory.resolve("go"));

        assertThat(get(first)).isEqualTo(new ErrandEnd.Ended(0, ""));
        assertThat(get(second)).isEqualTo(new ErrandEnd.Ended(0, ""));
        assertThat(end(errands, "true")).isEqualTo(new ErrandEnd.Ended(0, ""));
    }

    @Test
    void endsAProgramThatTakesTooLongWithAllThatItHasStarted() throws Exception {
        Errands errands = errands(1, Duration.ofMillis(300));

        ErrandEnd end = end(
                errands,
                "trap '' TERM; setsid sh -c 'echo $$ >far; exec sleep 600' & sh -c 'echo $$ >near; exec sleep 600' &"
                        + " exec sleep 600");

        assertThat(end).isInstanceOf(ErrandEnd.TimedOut.class);
        assertGone("near");
        assertGone("far");
        assertThat(errands.tryRun(shell("true"))).isPresent();
    }

    @Test
    void endsWhatAProgramLeavesBehind() throws Exception {
        ErrandEnd end = end(
                errands(1, LONG),
                "setsid sh -c 'echo $$ >far; exec sleep 600' & while [ ! -s far ]; do sleep 0.01; done; echo done");

        assertThat(end).isEqualTo(new ErrandEnd.Ended(0, "done\n"));
        assertGone("far");
    }

    @Test
    void endsAProgramThatNobodyWantsAnyMore() throws Exception {
        Errands errands = errands(1, LONG);
        CompletableFuture<ErrandEnd> unwanted = start(errands, "echo $$ >pid; exec sleep 600");
        Await.until("the program", () -> pid("pid").isPresent());

        unwanted.cancel(false);

        Await.until("room for another", () -> errands.tryRun(shell("true")).isPresent());
        assertGone("pid");
    }

    @Test
    void endsWhatRunsWhenItIsClosed() throws Exception {
        Errands errands = errands(1, LONG);
        CompletableFuture<ErrandEnd> running = start(errands, "echo $$ >pid; exec sleep 600");
        Await.until("the program", () -> pid("pid").isPresent());

        errands.close();

        assertThat(get(running)).isInstanceOf(ErrandEnd.Stopped.class);
        assertGone("pid");
    }

    @Test
    void keepsTheStandardInputOpenSoThatItsEndMeansTheEndOfTheServer() throws Exception {
        Errands errands = errands(1, LONG);
        CompletableFuture<ErrandEnd> running = start(
                errands,
                "exec 3<&0; (cat <&3; echo ended >input) & while [ ! -e go ]; do sleep 0.01; done; ls input 2>&1");

        Files.createFile(directory.resolve("go"));

        assertThat(get(running))
                .isInstanceOfSatisfying(
                        ErrandEnd.Ended.class, ended -> assertThat(ended.code()).isNotZero());
    }

    @Test
    void givesTheProgramAnEnvironmentOfItsOwnAndLeavesItToTheOutOfMemoryKiller() throws Exception {
        Errands errands = open(new ErrandSettings(
                directory,
                Map.of("SECRET", "s3cret", "HF_HOME", "/models", "PATH", "/usr/bin:/bin"),
                Set.of(),
                Map.of("TRAINER_THREADS", "1"),
                1,
                LONG));

        ErrandEnd end = end(errands, "cat /proc/$$/oom_score_adj; env");

        assertThat(end)
                .isInstanceOfSatisfying(
                        ErrandEnd.Ended.class,
                        ended -> assertThat(ended.output())
                                .startsWith("500\n")
                                .contains(
                                        "HF_HOME=/models\n",
                                        "TRAINER_THREADS=1\n",
                                        "OMP_WAIT_POLICY=PASSIVE\n",
                                        "HW_ERRAND=")
                                .doesNotContain("s3cret", "JOB_"));
    }

    @Test
    void saysWhenThereIsNoSuchProgramAndHasRoomAgain() throws Exception {
        Errands errands = errands(1, LONG);

        for (int attempt = 0; attempt < 3; attempt++) {
            CompletableFuture<ErrandEnd> end =
                    errands.tryRun(List.of("no-such-program")).orElseThrow();
            assertThat(get(end))
                    .isInstanceOfSatisfying(
                            ErrandEnd.NotStarted.class,
                            notStarted -> assertThat(notStarted.reason())
                                    .contains("no program 'no-such-program' on the PATH"));
        }
    }

    @Test
    void readsBrokenLettersToo() {
        OutputTail tail = new OutputTail(4);
        tail.readAll(new ByteArrayInputStream("abcdé".getBytes(StandardCharsets.UTF_8)));
        assertThat(tail.text()).isEqualTo("cdé");

        OutputTail cut = new OutputTail(1);
        cut.readAll(new ByteArrayInputStream("é".getBytes(StandardCharsets.UTF_8)));
        assertThat(cut.text()).isEqualTo("\uFFFD");
    }

    private Errands errands(int atOnce, Duration limit) throws IOException {
        return open(new ErrandSettings(directory, System.getenv(), Set.of(), Map.of(), atOnce, limit));
    }

    private Errands open(ErrandSettings settings) throws IOException {
        Errands errands = Errands.open(settings);
        opened = Optional.of(errands);
        return errands;
    }

    private static List<String> shell(String line) {
        return List.of("sh", "-c", line);
    }

    private static CompletableFuture<ErrandEnd> start(Errands errands, String line) {
        return errands.tryRun(shell(line)).orElseThrow();
    }

    private static ErrandEnd end(Errands errands, String line) throws Exception {
        return get(start(errands, line));
    }

    private static ErrandEnd get(CompletableFuture<ErrandEnd> end) throws Exception {
        return end.get(1, TimeUnit.MINUTES);
    }

    private void assertGone(String file) {
        pid(file).ifPresent(pid -> Await.until("the end of " + pid, () -> !isAlive(pid)));
    }

    private static boolean isAlive(long pid) {
        try {
            return new ProcessTable().stat(pid).filter(ProcessStat::isAlive).isPresent();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private Optional<Long> pid(String file) {
        try {
            Path path = directory.resolve(file);
            String text = Files.exists(path) ? Files.readString(path).strip() : "";
            return text.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(text));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
