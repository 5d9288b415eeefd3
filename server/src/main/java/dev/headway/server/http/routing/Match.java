package dev.headway.server.http.routing;

import dev.headway.server.http.HttpProblem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An endpoint found for a raw path; immutable.
 *
 * @param endpoint what answers
 * @param template the template that matched, absent where the path has no parameters
 * @param path the raw path
 */
public record Match(Endpoint endpoint, Optional<Template> template, String path) {
    /**
     * Returns the parameters decoded.
     *
     * @throws HttpProblem 400 when one is no plain name
     */
    public Map<String, String> requireParameters() {
        if (template.isEmpty()) {
            return Map.of();
        }
        Map<String, String> decoded = new HashMap<>();
        template.get().rawParameters(path).forEach((name, raw) -> decoded.put(name, PathText.requireSegment(raw)));
        return decoded;
    }

    /** Finds the job that the path names, decoded as far as it can be. */
    public Optional<String> jobId() {
        return template.map(found -> found.rawParameters(path).get("job_id")).map(PathText::segmentOrRaw);
    }
}
