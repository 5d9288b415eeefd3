package dev.headway.server.api.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Method;
import dev.headway.server.http.Request;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class QueryFieldsTest {
    @Test
    void fallsBackOnlyWhereTheQueryIsSilent() {
        QueryFields fields = fields(Map.of("limit", "-1"));

        assertThat(fields.integer("limit", 100)).isEqualTo(-1);
        assertThat(fields.integer("offset", 7)).isEqualTo(7);
        fields.check();
    }

    @Test
    void reportsEveryParameterThatIsNoNumber() {
        QueryFields fields = fields(Map.of("limit", "abc", "offset", ""));
        fields.integer("limit", 100);
        fields.integer("offset", 0);

        HttpProblem problem = catchThrowableOfType(HttpProblem.class, fields::check);

        assertThat(problem.response().status()).isEqualTo(422);
        assertThat(problem.response().body().text()).isEqualTo("""
                {"detail":[\
                {"type":"int_parsing","loc":["query","limit"],"msg":"Input should be a valid integer, unable to parse \
                string as an integer","input":"abc"},\
                {"type":"int_parsing","loc":["query","offset"],"msg":"Input should be a valid integer, unable to parse \
                string as an integer","input":""}]}""");
    }

    private static QueryFields fields(Map<String, String> query) {
        return QueryFields.of(Request.of(Method.GET, "/").withQueryParameters(query));
    }
}
