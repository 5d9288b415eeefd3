package dev.headway.limiter.redis;

import java.util.List;

/**
 * What is asked of a key; it is explained at the top of {@code decide.lua}. An immutable value.
 *
 * @param word the word that says it
 * @param details the numbers that go with it
 */
record Question(String word, List<Long> details) {
    /** To take the permits now. */
    static final Question TAKE = new Question("take", List.of());

    /** To tell what they would get. */
    static final Question LOOK = new Question("look", List.of());

    /** To tell what is taken. */
    static final Question LIST = new Question("list", List.of());

    /** To take up to so many permits, but of those that remain no more than such a part beside those that are needed. */
    static Question lease(int most, int parts) {
        return new Question("lease", List.of((long) most, (long) parts));
    }

    /** To take the permits at the first time at which they fit, if it is no more than so many ticks away; at the least so many are. */
    static Question reserve(long leastTicks, long mostTicks) {
        return new Question("reserve", List.of(mostTicks, leastTicks));
    }
}
