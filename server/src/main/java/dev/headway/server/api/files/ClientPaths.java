package dev.headway.server.api.files;

import dev.headway.jobs.workspace.AllowedRoots;
import dev.headway.jobs.workspace.PathRefused;
import dev.headway.server.http.HttpProblem;
import java.nio.file.Path;

/**
 * The paths that clients send, and the answers to those that are refused (contract A18, B1.17); immutable, so threads may
 * share it.
 *
 * <p>Being outside comes before being absent, so nobody learns what exists elsewhere.
 */
public final class ClientPaths {
    private final AllowedRoots roots;

    /** Judges paths by these roots. */
    public ClientPaths(AllowedRoots roots) {
        this.roots = roots;
    }

    /**
     * Returns where a client's path leads, which need not exist.
     *
     * @throws HttpProblem with 403 or 400 if it may not lead there
     */
    public Path require(String path) {
        try {
            return roots.require(path);
        } catch (PathRefused refused) {
            throw answer(refused);
        }
    }

    boolean leadsInside(Path link) {
        try {
            roots.require(link.toString());
            return true;
        } catch (PathRefused outside) {
            return false;
        }
    }

    private static HttpProblem answer(PathRefused refused) {
        return switch (refused.reason()) {
            case OUTSIDE -> HttpProblem.detail(403, "Access denied: Path outside allowed directories");
            case NUL -> HttpProblem.detail(400, "Invalid path: embedded null byte");
            case UNUSABLE, NOT_A_NAME -> HttpProblem.detail(400, "Invalid path: it cannot be followed");
        };
    }
}
