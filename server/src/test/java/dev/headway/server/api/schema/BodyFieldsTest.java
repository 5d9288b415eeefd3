package dev.headway.server.api.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.server.http.Body;
import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Method;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected bodies are those of FastAPI with pydantic 2.13, to the letter, but for the hint on media types. */
final class BodyFieldsTest {
    private static final String JSON = "application/json";

    @Test
    void reportsAllMissingFieldsInTheOrderOfReading() {
        assertThat(refused("{\"x\":1}")).isEqualTo("""
                {"detail":[\
                {"type":"missing","loc":["body","config"],"msg":"Field required","input":{"x":1}},\
                {"type":"missing","loc":["body","execution_id"],"msg":"Field required","input":{"x":1}}]}""");
    }

    @Test
    void reportsMissingFieldsAndWrongTypesTogether() {
        assertThat(refused("{\"config\":\"x\",\"path\":null,\"name\":3,\"execution_id\":5}"))
                .isEqualTo("""
                {"detail":[\
                {"type":"dict_type","loc":["body","config"],"msg":"Input should be a valid dictionary","input":"x"},\
                {"type":"string_type","loc":["body","execution_id"],"msg":"Input should be a valid string","input":5},\
                {"type":"string_type","loc":["body","path"],"msg":"Input should be a valid string","input":null},\
                {"type":"string_type","loc":["body","name"],"msg":"Input should be a valid string","input":3}]}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", " null "})
    void callsNothingAndNullAMissingBody(String body) {
        assertThat(refused(body))
                .isEqualTo("{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\"],\"msg\":\"Field required\","
                        + "\"input\":null}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "5"})
    void refusesJsonThatIsNoObject(String body) {
        assertThat(refused(body))
                .isEqualTo("{\"detail\":[{\"type\":\"model_attributes_type\",\"loc\":[\"body\"],\"msg\":\"Input should"
                        + " be a valid dictionary or object to extract fields from\",\"input\":" + body + "}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | 1 | Expecting property name enclosed in double quotes",
                "{\"a\":1,} | 7 | Expecting property name enclosed in double quotes",
                "{\"é😀\" x} | 6 | Expecting ':' delimiter",
                "nul | 0 | Expecting value",
                "{} {} | 3 | Extra data",
                "{\"a\":NaN} | 5 | Expecting value",
            })
    void namesPlaceAndReasonOfBrokenJson(String body, int offset, String reason) {
        assertThat(refused(body))
                .isEqualTo("{\"detail\":[{\"type\":\"json_invalid\",\"loc\":[\"body\"," + offset
                        + "],\"msg\":\"JSON decode error\",\"input\":{},\"ctx\":{\"error\":\""
                        + reason.replace("\"", "\\\"") + "\"}}]}");
    }

    @Test
    void answers400ToBytesThatAreNotUtf8() {
        Request request = request(JSON, Body.of(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}));

        assertThat(answer(request, fields -> {})).isEqualTo("400 {\"detail\":\"There was an error parsing the body\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 100_000})
    void answers400ToNestingThatIsTooDeep(int depth) {
        assertThat(answer(request(JSON, Body.of("[".repeat(depth))), fields -> {}))
                .isEqualTo("400 {\"detail\":\"There was an error parsing the body\"}");
    }

    @Test
    void answers400ToMoreValuesThanMemoryShouldHold() {
        assertThat(answer(request(JSON, Body.of("{\"a\":[" + "[],".repeat(1_000_000) + "[]]}")), fields -> {}))
                .isEqualTo("400 {\"detail\":\"There was an error parsing the body\"}");
    }

    @Test
    void answers400ToNumbersThatAreTooLong() {
        assertThat(answer(request(JSON, Body.of("{\"a\":" + "1".repeat(5_000) + "}")), fields -> {}))
                .isEqualTo("400 {\"detail\":\"There was an error parsing the body\"}");
    }

    @Test
    void readsPastAByteOrderMark() {
        BodyFields fields = fields("\ufeff{\"path\":\"a\"}");

        assertThat(fields.string("path")).isEqualTo("a");
    }

    @Test
    void readsTheReplacementCharacterAsAnyOther() {
        assertThat(fields("{\"path\":\"\ufffd\"}").string("path")).isEqualTo("\ufffd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "", "application/jsonx"})
    void refusesMediaTypesThatABrowserSendsUnasked(String mediaType) {
        assertThat(answer(request(mediaType, Body.of("{}")), fields -> {}))
                .startsWith("422 {\"detail\":[{\"type\":\"model_attributes_type\"")
                .contains("send Content-Type: application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "Application/JSON", "application/vnd.api+json"})
    void takesEveryMediaTypeOfJson(String mediaType) {
        assertThat(BodyFields.of(request(mediaType, Body.of("{\"a\":\"b\"}"))).string("a"))
                .isEqualTo("b");
    }

    @Test
    void refusesHalvesOfSurrogatePairsWhereverTheyAre() {
        assertThat(refused("{\"config\":{\"a\":[\"\\ud800\"]},\"\\udc00\":1}")).isEqualTo("""
                {"detail":[\
                {"type":"string_unicode","loc":["body","config","a",0],"msg":"Input should be a valid string, unable to \
                parse raw data as a unicode string","input":"\ufffd"},\
                {"type":"string_unicode","loc":["body","\ufffd"],"msg":"Input should be a valid string, unable to parse \
                raw data as a unicode string","input":1}]}""");
    }

    @Test
    void takesWholeSurrogatePairsWrittenAsEscapes() {
        assertThat(fields("{\"a\":\"\\ud83d\\ude00\"}").string("a")).isEqualTo("😀");
    }

    @Test
    void tellsAbsentFromNull() {
        assertThat(fields("{}").string("path", "fallback")).isEqualTo("fallback");
        assertThat(fields("{}").optionalString("name")).isEmpty();
        assertThat(fields("{\"name\":null}").optionalString("name")).isEmpty();
        assertThat(fields("{\"name\":\"\"}").optionalString("name")).contains("");
    }

    @Test
    void quotesALargeBodyOnlyInPart() {
        String large = "{\"content\":\"" + "x".repeat(1_000_000) + "\",\"list\":[" + "1,".repeat(10_000) + "1]}";

        assertThat(refused(large)).hasSizeLessThan(2_000).contains("…");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 | 5",
                "\"5\" | 5",
                "\" 7 \" | 7",
                "\"+5\" | 5",
                "\"5.0\" | 5",
                "\"1_000\" | 1000",
                "5.0 | 5",
                "1e3 | 1000",
                "-1 | -1",
                "true | 1",
                "1e400000 | 9223372036854775807",
                "-99999999999999999999 | -9223372036854775808",
            })
    void readsWholeNumbersAsPydanticDoes(String json, long expected) {
        BodyFields fields = fields("{\"n\":" + json + "}");

        assertThat(fields.optionalInteger("n")).hasValue(expected);
        fields.check();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5.5 | int_from_float | Input should be a valid integer, got a number with a fractional part",
                "\"abc\" | int_parsing | Input should be a valid integer, unable to parse string as an integer",
                "\"\" | int_parsing | Input should be a valid integer, unable to parse string as an integer",
                "\"1e3\" | int_parsing | Input should be a valid integer, unable to parse string as an integer",
                "\"0x10\" | int_parsing | Input should be a valid integer, unable to parse string as an integer",
                "[] | int_type | Input should be a valid integer",
            })
    void refusesOtherNumbersAsPydanticDoes(String json, String type, String message) {
        assertThat(answer(request(JSON, Body.of("{\"n\":" + json + "}")), fields -> fields.optionalInteger("n")))
                .isEqualTo("422 {\"detail\":[{\"type\":\"" + type + "\",\"loc\":[\"body\",\"n\"],\"msg\":\"" + message
                        + "\",\"input\":" + json + "}]}");
    }

    @Test
    void refusesLabelsThatAreTooLongOrHoldANul() {
        String body = "{\"user\":\"" + "u".repeat(1_001) + "\",\"name\":\"a\\u0000b\",\"fine\":\"" + "f".repeat(1_000)
                + "\"}";

        String answer = answer(request(JSON, Body.of(body)), fields -> {
            fields.label("user");
            fields.optionalLabel("name");
            fields.label("fine");
        });

        assertThat(answer)
                .contains("\"type\":\"string_too_long\",\"loc\":[\"body\",\"user\"],"
                        + "\"msg\":\"String should have at most 1000 characters\"")
                .contains(
                        "\"type\":\"value_error\",\"loc\":[\"body\",\"name\"],\"msg\":\"Value error, embedded null byte\"")
                .doesNotContain("fine");
    }

    @Test
    void namesTheElementOfAListThatIsNoString() {
        assertThat(answer(request(JSON, Body.of("{\"list\":[\"a\",1,null]}")), fields -> fields.strings("list")))
                .isEqualTo("""
                422 {"detail":[\
                {"type":"string_type","loc":["body","list",1],"msg":"Input should be a valid string","input":1},\
                {"type":"string_type","loc":["body","list",2],"msg":"Input should be a valid string","input":null}]}""");
        assertThat(answer(request(JSON, Body.of("{\"list\":\"x\"}")), fields -> fields.strings("list")))
                .isEqualTo("422 {\"detail\":[{\"type\":\"list_type\",\"loc\":[\"body\",\"list\"],"
                        + "\"msg\":\"Input should be a valid list\",\"input\":\"x\"}]}");
    }

    /** Reads four fields of a body that is to be refused with 422, and returns the answer's body. */
    private static String refused(String body) {
        String answer = answer(request(JSON, Body.of(body)), fields -> {
            fields.object("config");
            fields.string("execution_id");
            fields.string("path", "");
            fields.optionalString("name");
        });
        assertThat(answer).startsWith("422 ");
        return answer.substring("422 ".length());
    }

    private static String answer(Request request, Consumer<BodyFields> reading) {
        HttpProblem problem = catchThrowableOfType(HttpProblem.class, () -> {
            BodyFields fields = BodyFields.of(request);
            reading.accept(fields);
            fields.check();
        });
        Response response = problem.response();
        return response.status() + " " + response.body().text();
    }

    private static BodyFields fields(String body) {
        return BodyFields.of(request(JSON, Body.of(body)));
    }

    private static Request request(String mediaType, Body body) {
        return Request.of(Method.POST, "/")
                .withHeaders(Map.of("content-type", mediaType))
                .withBody(body);
    }
}
