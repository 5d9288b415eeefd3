package dev.headway.server.throttle.rules;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Penalty;
import dev.headway.server.throttle.answer.Message;
import dev.headway.server.throttle.answer.Wording;
import dev.headway.server.throttle.settings.Rate;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What holds by a rule; an immutable value. What is absent is as the environment variables say.
 *
 * @param quota how many requests
 * @param algorithm how they are counted
 * @param burst how many tokens a bucket holds
 * @param weight how many permits a request takes
 * @param penalty what becomes of those who are refused too often
 * @param busy the limits that hold besides while the server is busy
 * @param message what a refusal says
 * @param documentation the page that a refusal points to
 */
public record RuleTerms(
        Quota quota,
        Optional<Algorithm> algorithm,
        OptionalInt burst,
        Weight weight,
        Optional<Penalty> penalty,
        Optional<Rate> busy,
        Optional<Message> message,
        Optional<String> documentation) {
    /** The terms of a rule that says nothing but how many. */
    public static RuleTerms of(Quota quota) {
        return new RuleTerms(
                quota,
                Optional.empty(),
                OptionalInt.empty(),
                Weight.ONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Returns how clients are told, where the rule does not say it otherwise. */
    public Wording wording(Wording usual) {
        return new Wording(usual.headers(), message.or(usual::message), documentation.or(usual::documentation));
    }
}
