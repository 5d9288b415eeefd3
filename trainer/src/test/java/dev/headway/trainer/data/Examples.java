package dev.headway.trainer.data;

import dev.headway.trainer.config.Method;
import dev.headway.trainer.files.Json;
import java.util.List;
import java.util.stream.IntStream;

/** Rows for tests. */
public final class Examples {
    private Examples() {}

    /** Returns the row of one line of a data set. */
    public static Example of(Method method, String json) {
        return new ExampleParser(method).parse(Json.parse(json));
    }

    /** Returns a prompt with its answer, to be learnt by SFT. */
    public static Example answered(String prompt, String answer) {
        return of(
                Method.SFT,
                Json.object().put("prompt", prompt).put("response", answer).toString());
    }

    /** Returns so many different rows of different lengths. */
    public static List<Example> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> answered("x".repeat(number % 5) + "?", Integer.toString(number)))
                .toList();
    }
}
