package dev.headway.server.api;

import dev.headway.server.throttle.settings.LimitClass;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The endpoints that are limited, by verb and route template, for whoever has to know them without a server that serves them; stateless.
 *
 * <p>The routes themselves are made in {@link Routes} of things that only a running server has. A test holds the two lists together.
 */
public final class Endpoints {
    private static final Map<String, LimitClass> LIMITED = make();

    private Endpoints() {}

    /** Returns the endpoints in the order of the routes, each with its class. */
    public static Map<String, LimitClass> limited() {
        return LIMITED;
    }

    /** Finds the endpoint that answers a verb on a path, which may be its template. */
    public static Optional<String> find(String verb, String path) {
        String wanted = (verb.equals("HEAD") ? "GET" : verb) + " " + path;
        if (LIMITED.containsKey(wanted)) {
            return Optional.of(wanted);
        }
        return LIMITED.keySet().stream()
                .filter(endpoint -> pattern(endpoint).matcher(wanted).matches())
                .findFirst();
    }

    private static Pattern pattern(String endpoint) {
        return Pattern.compile(endpoint.replaceAll("\\{[^}]*}", "[^/]+"));
    }

    private static Map<String, LimitClass> make() {
        Map<String, LimitClass> endpoints = new LinkedHashMap<>();
        endpoints.put("GET /api/limits", LimitClass.READ);
        endpoints.put("POST /api/training/execute", LimitClass.EXECUTE);
        endpoints.put("POST /api/training/validate", LimitClass.GENERAL);
        endpoints.put("POST /api/training/cancel/{job_id}", LimitClass.GENERAL);
        endpoints.put("POST /api/training/pause/{job_id}", LimitClass.GENERAL);
        endpoints.put("POST /api/training/resume/{job_id}", LimitClass.GENERAL);
        endpoints.put("POST /api/training/{job_id}/force-start", LimitClass.GENERAL);
        endpoints.put("POST /api/training/reconnect", LimitClass.GENERAL);
        endpoints.put("GET /api/training/queue", LimitClass.READ);
        endpoints.put("GET /api/training/status/{job_id}", LimitClass.READ);
        endpoints.put("GET /api/training/metrics/{job_id}", LimitClass.READ);
        endpoints.put("GET /api/training/logs/{job_id}", LimitClass.READ);
        endpoints.put("GET /api/training/checkpoints/{job_id}", LimitClass.READ);
        endpoints.put("GET /api/training/{job_id}/errors", LimitClass.READ);
        endpoints.put("POST /api/filesystem/list", LimitClass.FILESYSTEM);
        endpoints.put("POST /api/filesystem/read", LimitClass.FILESYSTEM);
        endpoints.put("POST /api/filesystem/info", LimitClass.FILESYSTEM);
        endpoints.put("GET /api/admin/limits/top", LimitClass.READ);
        endpoints.put("GET /api/admin/limits/policy", LimitClass.READ);
        endpoints.put("POST /api/admin/limits/reload", LimitClass.GENERAL);
        endpoints.put("GET /api/admin/limits/{client}", LimitClass.READ);
        endpoints.put("DELETE /api/admin/limits/{client}", LimitClass.READ);
        return Collections.unmodifiableMap(endpoints);
    }
}
