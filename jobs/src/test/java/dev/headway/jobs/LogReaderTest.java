package dev.headway.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.jobs.job.JobId;
import dev.headway.jobs.workspace.FileNames;
import dev.headway.jobs.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
    private static final JobId JOB = new JobId("a");

    @TempDir
    Path directory;

    private Path log;
    private LogReader reader;

    @BeforeEach
    void open() throws IOException {
        Workspace workspace = new Workspace(directory, FileNames.DEFAULT);
        Files.createDirectories(workspace.logs());
        log = workspace.log(JOB);
        reader = new LogReader(workspace);
    }

    @Test
    void findsNoLogWhereThereIsNone() {
        assertThat(reader.read(JOB, 0, 100)).isEmpty();
    }

    @Test
    void readsAPage() throws IOException {
        append("zero\none  \n\ttwo\t\n\nfour\n");

        assertThat(read(0, 100)).isEqualTo(new LogPage(List.of("zero", "one", "\ttwo", "", "four"), 5, 0, 100));
        assertThat(read(1, 2)).isEqualTo(new LogPage(List.of("one", "\ttwo"), 5, 1, 2));
        assertThat(read(4, 2)).isEqualTo(new LogPage(List.of("four"), 5, 4, 2));
    }

    @Test
    void echoesAnOffsetPastTheEnd() throws IOException {
        append("zero\n");

        assertThat(read(7, 3)).isEqualTo(new LogPage(List.of(), 1, 7, 3));
        assertThat(read(1, 3)).isEqualTo(new LogPage(List.of(), 1, 1, 3));
    }

    @Test
    void givesTheLastLinesForANegativeOffset() throws IOException {
        append("zero\none\ntwo\n");

        assertThat(read(-1, 2)).isEqualTo(new LogPage(List.of("one", "two"), 3, 1, 2));
        assertThat(read(-1, 100)).isEqualTo(new LogPage(List.of("zero", "one", "two"), 3, 0, 100));
    }

    @Test
    void countsANegativeLimitFromTheEndAsPythonDoes() throws IOException {
        append("zero\none\ntwo\n");

        assertThat(read(0, -1).lines()).containsExactly("zero", "one");
        assertThat(read(1, -2).lines()).containsExactly("one");
        assertThat(read(2, -1).lines()).isEmpty();
        assertThat(read(0, 0).lines()).isEmpty();
        assertThat(read(-1, 0).lines()).isEmpty();
    }

    @Test
    void countsALineThatHasNotEndedAndSeesItGrow() throws IOException {
        append("zero\non");
        assertThat(read(0, 9).lines()).containsExactly("zero", "on");

        append("e\ntwo");

        assertThat(read(0, 9)).isEqualTo(new LogPage(List.of("zero", "one", "two"), 3, 0, 9));
    }

    @Test
    void endsLinesAtCarriageReturnsToo() throws IOException {
        append("10%\r20%\r30%\r\ndone\r");
        assertThat(read(0, 9).lines()).containsExactly("10%", "20%", "30%", "done");

        append("\nnext\n");

        assertThat(read(0, 9)).isEqualTo(new LogPage(List.of("10%", "20%", "30%", "done", "next"), 5, 0, 9));
    }

    @Test
    void startsAgainWhenTheLogIsReplaced() throws IOException {
        append("old\nold\nold\n");
        read(0, 9);
        Files.writeString(log, "new\n");

        assertThat(read(0, 9)).isEqualTo(new LogPage(List.of("new"), 1, 0, 9));
    }

    @Test
    void cutsALineThatIsTooLongAndSaysSo() throws IOException {
        append("x".repeat(20_000) + "\nnext\n");

        assertThat(read(0, 9).lines().get(0)).startsWith("x".repeat(16 << 10)).endsWith("[3616 more bytes]");
        assertThat(read(1, 9).lines()).containsExactly("next");
    }

    @Test
    void showsBytesThatAreNoTextAsReplacements() throws IOException {
        Files.write(log, new byte[] {'a', (byte) 0xff, 'b', '\n'});

        assertThat(read(0, 9).lines()).containsExactly("a\uFFFDb");
    }

    @Test
    void boundsAPage() throws IOException {
        append("x\n".repeat(20_000));

        assertThat(read(0, Integer.MAX_VALUE).lines()).hasSize(10_000);
        assertThat(read(-1, Integer.MAX_VALUE).totalLines()).isEqualTo(20_000);
    }

    @Test
    void agreesWithAPlainReadingOfAnyTextAtAnyPlace() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int round = 0; round < 40; round++) {
            StringBuilder more = new StringBuilder();
            for (int i = random.nextInt(4000); i > 0; i--) {
                more.append("ab\n\r\r\nü".charAt(random.nextInt(7)));
            }
            append(more.toString());
            text.append(more);

            List<String> expected = plainLines(text.toString());
            int offset = random.nextInt(expected.size() + 2);
            int limit = random.nextInt(3000);
            LogPage page = read(offset, limit);

            assertThat(page.totalLines()).as("seed %d round %d", seed, round).isEqualTo(expected.size());
            assertThat(page.lines())
                    .as("seed %d round %d offset %d limit %d", seed, round, offset, limit)
                    .isEqualTo(expected.subList(
                            Math.min(offset, expected.size()), Math.min(offset + limit, expected.size())));
        }
    }

    private static List<String> plainLines(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\r\n|\r|\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        lines.replaceAll(String::stripTrailing);
        return lines;
    }

    private LogPage read(long offset, int limit) {
        return reader.read(JOB, offset, limit).orElseThrow();
    }

    private void append(String text) throws IOException {
        Files.write(log, text.getBytes(UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
