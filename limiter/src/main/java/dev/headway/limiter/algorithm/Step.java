package dev.headway.limiter.algorithm;

/**
 * What a step answers: the state that comes next and the verdict. Immutable if the state is.
 *
 * @param state the next state; the very state given unless the verdict is {@link Verdict.Granted}
 * @param verdict what becomes of the request
 * @param <S> the type of the state
 */
public record Step<S>(S state, Verdict verdict) {}
