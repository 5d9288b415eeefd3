package dev.headway.server.throttle.answer;

import dev.headway.limiter.Decision;
import java.time.Clock;

/** Makes of the decisions of one limiter rulings, which tell clients of them; immutable, so threads may share it. */
public final class Rulings {
    private final RateFields fields;
    private final RefusalText text;

    /**
     * Tells of the limits of one endpoint.
     *
     * @param names the limits, and what clients call them
     * @param wording how clients are told
     * @param reason what a refusal says where no message is chosen: ASCII, JSON, {@code Too many requests}
     * @param endpoint verb and route template
     * @param clock the time of day, for header fields that name a moment
     */
    public Rulings(PolicyNames names, Wording wording, String reason, String endpoint, Clock clock) {
        this.fields = new RateFields(names, wording.headers(), clock);
        this.text = new RefusalText(names, wording, reason, endpoint);
    }

    /** Returns the ruling by which a request may go on. */
    public Ruling of(Decision.Allowed decision) {
        return new Ruling.Admitted(fields, decision);
    }

    /** Returns the ruling by which a request ends. */
    public Ruling of(Decision.Refused decision) {
        return new Ruling.Refused(fields, text, decision);
    }
}
