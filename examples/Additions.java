import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Writes the example job: a model that learns to add two numbers from 0 to 99, and the additions it never saw.
 *
 * <p>Run it with {@code java examples/Additions.java}; it writes into the directory it lies in, or the one it is given.
 * There are 10,000 such additions. One thousand, chosen by a fixed seed, are held out: they are in
 * {@code additions-held-out.jsonl}, and what the model has learnt is counted on them alone. The other 9,000 are the
 * training set inside {@code request.json}.
 */
public final class Additions {
    private static final int NUMBERS = 100;
    private static final int HELD_OUT = 1_000;
    private static final long SEED = 42;

    /** The job. The data set goes where the marker is, as one JSON string of many lines. */
    private static final String REQUEST = """
            {
              "execution_id": "",
              "user_id": "example",
              "name": "Two-digit additions",
              "config": {
                "model": {"name": "headway/nano"},
                "eval_split": 0.02,
                "seed": 42,
                "training": {
                  "method": "sft",
                  "max_steps": 1800,
                  "batch_size": 64,
                  "learning_rate": 0.002,
                  "lr_scheduler_type": "cosine",
                  "warmup_steps": 100,
                  "weight_decay": 0.1,
                  "adam_beta2": 0.95,
                  "max_grad_norm": 1.0,
                  "max_length": 16,
                  "logging_steps": 20,
                  "evaluation_strategy": "steps",
                  "eval_steps": 100,
                  "save_strategy": "steps",
                  "save_steps": 600
                },
                "output": {"save_total_limit": 3}
              },
              "dataset_content": "@DATASET@"
            }
            """;

    private Additions() {}

    /** Writes both files. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments.length > 0 ? arguments[0] : "examples");
        List<String> lines = lines();
        List<String> heldOut = lines.subList(0, HELD_OUT);
        List<String> training = lines.subList(HELD_OUT, lines.size());
        write(directory.resolve("additions-held-out.jsonl"), String.join("\n", heldOut) + "\n");
        write(directory.resolve("request.json"), REQUEST.replace("@DATASET@", quoted(training)));
    }

    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int pair = 0; pair < NUMBERS * NUMBERS; pair++) lines.add(line(pair / NUMBERS, pair % NUMBERS));
        Collections.shuffle(lines, new Random(SEED));
        return lines;
    }

    private static String line(int left, int right) {
        return "{\"prompt\":\"" + left + "+" + right + "=\",\"response\":\"" + (left + right) + "\"}";
    }

    private static String quoted(List<String> lines) {
        return lines.stream().map(line -> line.replace("\"", "\\\"")).collect(Collectors.joining("\\n"));
    }

    private static void write(Path file, String content) throws IOException {
        Files.writeString(file, content);
        System.out.println("wrote " + file + ", " + Files.size(file) + " bytes");
    }
}
