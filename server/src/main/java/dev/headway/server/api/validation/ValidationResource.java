package dev.headway.server.api.validation;

import dev.headway.jobs.workspace.AllowedRoots;
import dev.headway.server.api.files.ClientPaths;
import dev.headway.server.api.schema.BodyFields;
import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Measures models (contract A16, B1.3); safe for all threads.
 *
 * <p>What is not there is 404, what may not be looked at is 403, and everything else that goes wrong is an answer of 200
 * with the status {@code failed}, which is what clients of this route expect.
 */
public final class ValidationResource {
    private static final String SECONDS_UNTIL_THERE_MAY_BE_ROOM = "5";

    private final Validator validator;
    private final ClientPaths dataPaths;
    private final ClientPaths modelPaths;

    /**
     * Measures models that lie in some roots.
     *
     * @param validator measures them
     * @param dataRoots where data sets may lie
     * @param modelRoots where models may lie
     */
    public ValidationResource(Validator validator, AllowedRoots dataRoots, AllowedRoots modelRoots) {
        this.validator = validator;
        this.dataPaths = new ClientPaths(dataRoots);
        this.modelPaths = new ClientPaths(modelRoots);
    }

    /**
     * Measures a model on a data set, and answers when that is done; no thread waits meanwhile.
     *
     * @throws HttpProblem with 422, 403, 400, 404 or 503 and what is wrong
     */
    public CompletionStage<Response> validate(Request request) {
        BodyFields fields = BodyFields.of(request);
        String modelPath = fields.string("model_path");
        String dataPath = fields.string("test_dataset_id");
        List<String> metrics = MetricNames.known(fields.strings("metrics_to_compute"));
        fields.check();
        Path data = dataPaths.require(dataPath);
        requireThere(data, "Test dataset not found: " + dataPath);
        Path model = modelPaths.require(modelPath);
        requireThere(model, "Model checkpoint not found: " + modelPath);
        requireLinksInside(model);
        return validate(model, data, metrics);
    }

    private CompletionStage<Response> validate(Path model, Path data, List<String> metrics) {
        if (!Files.isRegularFile(data)) {
            return CompletableFuture.completedStage(
                    answer(ValidationAnswer.failed("the data set " + data + " is not a file")));
        }
        CompletableFuture<ValidationAnswer> answer =
                validator.tryValidate(model, data, metrics).orElseThrow(ValidationResource::noRoom);
        CompletableFuture<Response> response = answer.thenApply(ValidationResource::answer);
        // Nothing comes of it: who gives the response up gives the answer up.
        CompletionStage<?> unused = response.whenComplete((given, givenUp) -> answer.cancel(false));
        return response;
    }

    private static Response answer(ValidationAnswer answer) {
        return Response.json(200, answer);
    }

    private static HttpProblem noRoom() {
        return new HttpProblem(Response.detail(
                        503,
                        "As many models are being validated as may be at once (VALIDATION_MAX_CONCURRENT);"
                                + " try again in a moment")
                .withHeader("retry-after", SECONDS_UNTIL_THERE_MAY_BE_ROOM));
    }

    private static void requireThere(Path path, String otherwise) {
        if (!Files.exists(path)) {
            throw HttpProblem.detail(404, otherwise);
        }
    }

    /** The program opens the files of the directory by name: none of them may lead out of the roots. */
    private void requireLinksInside(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> links = Files.newDirectoryStream(directory, Files::isSymbolicLink)) {
            links.forEach(link -> modelPaths.require(link.toString()));
        } catch (IOException unreadable) {
            throw new HttpProblem(
                    answer(ValidationAnswer.failed("the model directory " + directory + " cannot be listed")));
        }
    }
}
