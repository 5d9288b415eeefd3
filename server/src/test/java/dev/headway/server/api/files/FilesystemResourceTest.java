package dev.headway.server.api.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.Body;
import dev.headway.server.http.Handler.BlockingAction;
import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Json;
import dev.headway.server.http.Method;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class FilesystemResourceTest {
    private static final FileLimits LIMITS = new FileLimits(1_000, 3);
    private static final Instant MODIFIED = Instant.parse("2026-11-23T10:05:59Z");

    @TempDir
    Path temporary;

    private Path root;
    private FilesystemResource files;

    @BeforeEach
    void openRoot() throws IOException {
        root = Files.createDirectory(temporary.toRealPath().resolve("root"));
        files = new FilesystemResource(List.of(root), LIMITS, ZoneOffset.UTC);
    }

    @Test
    void listsWhatADirectoryHolds() throws IOException {
        Path file = write("a..b.txt", "six by");
        Files.setLastModifiedTime(file, FileTime.from(MODIFIED));

        assertThat(answer(files::list, Map.of("path", root.toString())))
                .isEqualTo("200 {\"path\":\"" + root + "\",\"items\":[{\"name\":\"a..b.txt\",\"type\":\"file\","
                        + "\"size_bytes\":6,\"modified\":\"2026-11-23T10:05:59\",\"permissions\":{\"readable\":true,"
                        + "\"writable\":true,\"executable\":false}}],\"total_count\":1,\"truncated\":false}");
    }

    @Test
    void givesDirectoriesNoSize() throws IOException {
        Files.createDirectory(root.resolve("d"));

        JsonNode item =
                body(files::list, Map.of("path", root.toString())).path("items").path(0);

        assertThat(item.path("type").asString()).isEqualTo("directory");
        assertThat(item.path("size_bytes").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "2,   ,  2, false",
        "2,   2, 2, true",
        "3,   ,  3, true",
        "5,   ,  3, true",
        "5,   0, 3, true",
        "5,   99, 3, true",
        "5,   1, 1, true",
        "5,  -1, 0, true",
    })
    void letsAClientLowerTheBoundOfAListAndNeverRaiseIt(int present, Integer wanted, int shown, boolean truncated)
            throws IOException {
        for (int index = 0; index < present; index++) {
            write("f" + index, "");
        }
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("path", root.toString()));
        fields.put("max_items", wanted);

        JsonNode listed = body(files::list, fields);

        assertThat(listed.path("items").size()).isEqualTo(shown);
        assertThat(listed.path("total_count").asInt()).isEqualTo(shown);
        assertThat(listed.path("truncated").asBoolean()).isEqualTo(truncated);
    }

    @Test
    void showsALinkAsWhatItLeadsToOnlyInsideTheRoots() throws IOException {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Files.createSymbolicLink(root.resolve("out"), outside);
        Files.createSymbolicLink(root.resolve("in"), Files.createDirectory(root.resolve("d")));

        JsonNode items = body(files::list, Map.of("path", root.toString())).path("items");

        assertThat(StreamSupport.stream(items.spliterator(), false))
                .extracting(item ->
                        item.path("name").asString() + " " + item.path("type").asString() + " "
                                + item.path("permissions").path("readable").asBoolean())
                .containsExactlyInAnyOrder("out file false", "in directory true", "d directory true");
    }

    @Test
    void readsTextWithSingleLineFeeds() throws IOException {
        Path file = write("t.txt", "a\r\nb\rcü");
        Files.setLastModifiedTime(file, FileTime.from(MODIFIED));

        assertThat(answer(files::read, Map.of("path", file.toString())))
                .isEqualTo("200 {\"path\":\"" + file + "\",\"content\":\"a\\nb\\ncü\",\"size_bytes\":8,"
                        + "\"encoding\":\"utf-8\",\"modified\":\"2026-11-23T10:05:59\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "utf8, utf8, Zürich",
        "UTF_8, UTF_8, Zürich",
        "latin-1, latin-1, ZÃ¼rich",
        "iso8859_1, iso8859_1, ZÃ¼rich",
        "ascii, base64, WsO8cmljaA==",
        "binary, base64, WsO8cmljaA==",
    })
    void namesTheEncodingThatWasUsed(String wanted, String used, String content) throws IOException {
        Path file = write("t.txt", "Zürich");

        JsonNode read = body(files::read, Map.of("path", file.toString(), "encoding", wanted));

        assertThat(read.path("content").asString()).isEqualTo(content);
        assertThat(read.path("encoding").asString()).isEqualTo(used);
    }

    @ParameterizedTest
    @CsvSource({
        "utf-8-sig, efbbbf41, A",
        "UTF_8_SIG, 41, A",
        "utf-8, efbbbf41, \ufeffA",
        "utf-16, 4100, A",
        "utf-16, feff0041, A",
        "utf-16-le, fffe4100, \ufeffA",
        "UTF_16_BE, 0041, A",
        "utf-32-le, 41000000, A",
        "mac_roman, 80, Ä",
    })
    void readsTheEncodingsByTheNamesThatPythonHas(String encoding, String bytes, String content) throws IOException {
        Path file = Files.write(root.resolve("t"), HexFormat.of().parseHex(bytes));

        JsonNode read = body(files::read, Map.of("path", file.toString(), "encoding", encoding));

        assertThat(read.path("content").asString()).isEqualTo(content);
        assertThat(read.path("encoding").asString()).isEqualTo(encoding);
    }

    @Test
    void sendsWhatIsNoTextInBase64() throws IOException {
        Path file = Files.write(root.resolve("b"), new byte[] {(byte) 0xff, 0, 1});

        JsonNode read = body(files::read, Map.of("path", file.toString()));

        assertThat(read.path("content").asString()).isEqualTo("/wAB");
        assertThat(read.path("encoding").asString()).isEqualTo("base64");
    }

    @ParameterizedTest
    @CsvSource({"3,3", "-1,-1", "0,1000", "5000,1000"})
    void letsAClientLowerTheSizeOfAFileAndNeverRaiseIt(int wanted, int max) throws IOException {
        Path file = write("f", "x".repeat(wanted == 3 || wanted == -1 ? 6 : 1_001));

        assertThat(answer(files::read, Map.of("path", file.toString(), "max_size", wanted)))
                .isEqualTo(
                        "413 {\"detail\":\"File too large: " + Files.size(file) + " bytes (max: " + max + " bytes)\"}");
    }

    @Test
    void readsAFileOfExactlyTheBound() throws IOException {
        Path file = write("f", "x".repeat(1_000));

        assertThat(answer(files::read, Map.of("path", file.toString()))).startsWith("200 ");
    }

    @Test
    void answersAnUnknownEncodingInPythonsWords() throws IOException {
        Path file = write("f", "x");

        assertThat(answer(files::read, Map.of("path", file.toString(), "encoding", "klingon")))
                .isEqualTo("500 {\"detail\":\"Failed to read file: unknown encoding: klingon\"}");
        assertThat(answer(files::read, Map.of("path", file.toString(), "encoding", "")))
                .isEqualTo("500 {\"detail\":\"Failed to read file: unknown encoding: \"}");
    }

    @Test
    void tellsWhatAFileIs() throws IOException {
        Path file = write("f.txt", "abc");

        JsonNode info = body(files::info, Map.of("path", file.toString(), "max_items", 5));

        assertThat(info.propertyNames())
                .containsExactly("path", "name", "type", "size_bytes", "modified", "created", "permissions");
        assertThat(info.path("name").asString()).isEqualTo("f.txt");
        assertThat(info.path("size_bytes").asInt()).isEqualTo(3);
        assertThat(info.path("created").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?");
    }

    @Test
    void countsAllEntriesOfADirectory() throws IOException {
        for (int index = 0; index < 7; index++) {
            write("f" + index, "");
        }

        JsonNode info = body(files::info, Map.of("path", root.toString()));

        assertThat(info.path("type").asString()).isEqualTo("directory");
        assertThat(info.path("item_count").asInt()).isEqualTo(7);
    }

    @Test
    void saysWhatIsNotThere() throws IOException {
        Path file = write("f", "");
        String absent = root.resolve("absent").toString();
        String under = file.resolve("under").toString();

        assertThat(answer(files::list, Map.of("path", absent))).isEqualTo("404 {\"detail\":\"Directory not found\"}");
        assertThat(answer(files::read, Map.of("path", absent))).isEqualTo("404 {\"detail\":\"File not found\"}");
        assertThat(answer(files::read, Map.of("path", under))).isEqualTo("404 {\"detail\":\"File not found\"}");
        assertThat(answer(files::info, Map.of("path", absent))).isEqualTo("404 {\"detail\":\"Path not found\"}");
        assertThat(answer(files::list, Map.of("path", file.toString())))
                .isEqualTo("400 {\"detail\":\"Path is not a directory\"}");
        assertThat(answer(files::read, Map.of("path", root.toString())))
                .isEqualTo("400 {\"detail\":\"Path is not a file\"}");
    }

    @Test
    void refusesAPipeInsteadOfWaitingForItsWriter() throws Exception {
        Path pipe = root.resolve("pipe");
        Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();

        assertThat(answer(files::read, Map.of("path", pipe.toString())))
                .isEqualTo("400 {\"detail\":\"Path is not a file\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/etc/passwd", "", "relative", "ROOT/..", "ROOT/../outside", "ROOT/link/x", "ROOTx"})
    void refusesWhatLeadsOutsideWithoutTellingWhetherItExists(String path) throws IOException {
        Files.createSymbolicLink(root.resolve("link"), Files.createDirectory(temporary.resolve("outside")));
        String resolved = path.replace("ROOT", root.toString());

        for (BlockingAction route : List.<BlockingAction>of(files::list, files::read, files::info)) {
            assertThat(answer(route, Map.of("path", resolved)))
                    .isEqualTo("403 {\"detail\":\"Access denied: Path outside allowed directories\"}");
        }
    }

    @Test
    void refusesANulAndALinkThatLeadsToItself() throws IOException {
        Path loop = root.resolve("loop");
        Files.createSymbolicLink(loop, loop);

        assertThat(answer(files::read, Map.of("path", root + "/a\0b")))
                .isEqualTo("400 {\"detail\":\"Invalid path: embedded null byte\"}");
        assertThat(answer(files::read, Map.of("path", loop.toString())))
                .isEqualTo("400 {\"detail\":\"Invalid path: it cannot be followed\"}");
    }

    @Test
    void readsThroughALinkThatStaysInside() throws IOException {
        Path file = write("f", "x");
        Path link = Files.createSymbolicLink(root.resolve("link"), file);

        JsonNode read = body(files::read, Map.of("path", link.toString()));

        assertThat(read.path("path").asString()).isEqualTo(file.toString());
        assertThat(read.path("content").asString()).isEqualTo("x");
    }

    @Test
    void reportsAllFieldsThatAreWrong() {
        assertThat(answer(files::read, Map.of("encoding", 5, "max_size", "x")))
                .startsWith("422 ")
                .contains(
                        "\"loc\":[\"body\",\"path\"]",
                        "\"loc\":[\"body\",\"encoding\"]",
                        "\"loc\":[\"body\",\"max_size\"]");
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(root.resolve(name), content, StandardCharsets.UTF_8);
    }

    private static JsonNode body(BlockingAction route, Map<String, ?> fields) {
        String answer = answer(route, fields);
        assertThat(answer).startsWith("200 ");
        return Json.mapper().readTree(answer.substring("200 ".length()));
    }

    private static String answer(BlockingAction route, Map<String, ?> fields) {
        Request request = Request.of(Method.POST, "/")
                .withHeaders(Map.of("content-type", "application/json"))
                .withBody(Body.of(Json.write(fields)));
        Response response = response(route, request);
        return response.status() + " " + response.body().text();
    }

    private static Response response(BlockingAction route, Request request) {
        try {
            return route.handle(request);
        } catch (HttpProblem problem) {
            return problem.response();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
