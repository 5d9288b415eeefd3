package dev.headway.server.api;

import dev.headway.server.api.schema.BodyFields;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;

/**
 * Evaluates models (contract A16); safe for all threads.
 *
 * <p>The trainer does not evaluate a finished model yet, and numbers that nothing has measured are worse than none, so a
 * request in good form is answered 501.
 */
final class ValidationResource {
    private ValidationResource() {}

    /** Checks the form of the request and says what is missing. */
    static Response validate(Request request) {
        BodyFields fields = BodyFields.of(request);
        fields.string("model_path");
        fields.string("test_dataset_id");
        fields.strings("metrics_to_compute");
        fields.check();
        return Response.detail(
                501,
                "Validation is not implemented yet: this server cannot evaluate the model at model_path on the data set;"
                        + " the loss on held-out data of a training job is eval_loss in its status");
    }
}
