package dev.headway.server.api.submission;

import dev.headway.jobs.Dataset;
import dev.headway.jobs.workspace.AllowedRoots;
import dev.headway.jobs.workspace.PathRefused;
import dev.headway.server.http.HttpProblem;

/**
 * Decides what a job learns from; immutable, so threads may share it.
 *
 * <p>Content that comes with the request wins. Else the path counts. One with a slash in it that does not begin with one is
 * the key of an object store, and this server has none. Any other is a file on this machine, which has to lie inside the
 * allowed roots (contract A18), for a trainer quotes what it reads, in logs and in models. Whether the file is there already
 * is not asked (contract B1.2): it may be on its way while the job waits.
 */
public final class DatasetChoice {
    private final AllowedRoots roots;

    /** Lets files in these roots be learnt from. */
    public DatasetChoice(AllowedRoots roots) {
        this.roots = roots;
    }

    /**
     * Returns the dataset that a request means.
     *
     * @param content the dataset itself, or empty
     * @param path where it lies, or empty
     * @throws HttpProblem with 400 and what is wrong with it
     */
    public Dataset choose(String content, String path) {
        if (!content.isEmpty()) {
            return new Dataset.Examples(DatasetText.parse(content));
        }
        if (path.isEmpty()) {
            return new Dataset.None();
        }
        if (path.contains("/") && !path.startsWith("/")) {
            throw HttpProblem.detail(
                    400, "Failed to download dataset from storage. Please ensure dataset_content is provided.");
        }
        return file(path);
    }

    private Dataset file(String path) {
        try {
            return new Dataset.File(roots.require(path).toString());
        } catch (PathRefused refused) {
            throw Refusal.invalid("dataset_path cannot be used: " + refused.getMessage()
                    + "; send dataset_content, or have FILESYSTEM_ALLOWED_PATHS name its directory");
        }
    }
}
