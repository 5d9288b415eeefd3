package dev.headway.server.throttle.answer;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes the bodies of refusals; immutable, so threads may share it.
 *
 * <p>By hand and into bytes at once: a flood meets this code and nothing else, and a general JSON writer costs more than
 * the decision and the headers together.
 */
final class RefusalText {
    private static final String FULL = "The server is counting as many clients as it can";

    private static final String SHUT_OUT = "Refused too often";

    private static final String LOWERED = ", and the limit is lowered while the server is busy";

    private final PolicyNames names;
    private final Wording wording;
    private final String reason;
    private final byte[] endpoint;

    /**
     * Writes for one endpoint.
     *
     * @param names the names of its limits
     * @param wording how clients are told
     * @param reason what to say where no message is chosen: ASCII, JSON, {@code Too many requests}
     * @param endpoint verb and route template
     */
    RefusalText(PolicyNames names, Wording wording, String reason, String endpoint) {
        this.names = names;
        this.wording = wording;
        this.reason = reason;
        this.endpoint = endpoint.getBytes(StandardCharsets.UTF_8);
    }

    byte[] plain(Decision.Refused decision, long waitSeconds, Optional<String> jobId) {
        JsonBytes json = new JsonBytes().raw("{");
        facts(json, decision, waitSeconds, jobId);
        return json.raw("}").bytes();
    }

    byte[] problem(Decision.Refused decision, long waitSeconds, Optional<String> jobId, int status) {
        boolean isCapacity = isFull(decision) || isLowered(decision);
        JsonBytes json = new JsonBytes()
                .raw("{\"type\":\"https://iana.org/assignments/http-problem-types#")
                .raw(isCapacity ? "temporary-reduced-capacity" : "quota-exceeded")
                .raw("\",\"title\":\"")
                .raw(
                        isCapacity
                                ? "Request cannot be satisfied due to temporary server capacity constraints"
                                : "Request cannot be satisfied as assigned quota has been exceeded")
                .raw("\",\"status\":")
                .number(status)
                .raw(",\"violated-policies\":[");
        for (int index = 0; index < decision.refusedBy().size(); index++) {
            json.raw(index == 0 ? "" : ",")
                    .text(names.nameOf(decision.refusedBy().get(index)));
        }
        facts(json.raw("],"), decision, waitSeconds, jobId);
        return json.raw("}").bytes();
    }

    private void facts(JsonBytes json, Decision.Refused decision, long waitSeconds, Optional<String> jobId) {
        json.raw(isFull(decision) ? "\"error\":\"Service unavailable\"" : "\"error\":\"Rate limit exceeded\"");
        json.raw(",\"detail\":\"").raw(detail(decision)).raw("\",\"message\":\"");
        message(json, decision, waitSeconds);
        json.raw("\",\"retry_after\":").number(waitSeconds).raw(",\"success\":false");
        if (isLowered(decision)) {
            json.raw(",\"lowered_for_load\":true");
        }
        if (wording.documentation().isPresent()) {
            json.raw(",\"docs\":").text(wording.documentation().get());
        }
        if (jobId.isPresent()) {
            json.raw(",\"job_id\":").text(jobId.get());
        }
    }

    private void message(JsonBytes json, Decision.Refused decision, long waitSeconds) {
        if (wording.message().isPresent() && !isFull(decision)) {
            wording.message().get().write(json, detail(decision), waitSeconds, endpoint);
            return;
        }
        json.raw(isFull(decision) ? "The server is at its capacity" : isShutOut(decision) ? SHUT_OUT : reason);
        json.raw(isLowered(decision) ? LOWERED : "");
        json.raw("; try again in ").number(waitSeconds).raw(waitSeconds == 1 ? " second." : " seconds.");
    }

    private static String detail(Decision.Refused decision) {
        return isFull(decision) ? FULL : slowest(decision).describe();
    }

    /** Returns the limit that the client has to wait for longest. */
    private static Limit slowest(Decision.Refused decision) {
        Limit slowest = decision.refusedBy().get(0);
        long longest = 0;
        for (Usage usage : decision.usages()) {
            if (decision.refusedBy().contains(usage.limit()) && usage.nextPermitAfterNanos() > longest) {
                slowest = usage.limit();
                longest = usage.nextPermitAfterNanos();
            }
        }
        return slowest;
    }

    /** Returns whether a limit refused that holds only because the server is busy. */
    private boolean isLowered(Decision.Refused decision) {
        if (names.lowered().isEmpty() || isFull(decision) || isShutOut(decision)) {
            return false;
        }
        for (Limit limit : decision.refusedBy()) {
            if (names.isLowered(limit)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isShutOut(Decision.Refused decision) {
        return decision.cause() == Decision.Cause.PENALTY;
    }

    private static boolean isFull(Decision.Refused decision) {
        return decision.cause() == Decision.Cause.STORE_FULL;
    }
}
