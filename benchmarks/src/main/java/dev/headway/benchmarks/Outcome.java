package dev.headway.benchmarks;

import dev.headway.benchmarks.contender.Quota;

/** What the decisions that are measured come to. Immutable. */
public enum Outcome {
    /** Nearly all requests are refused: the quota is spent before the measurement. */
    REFUSED {
        @Override
        Quota oneKey() {
            return Quota.refusing();
        }

        @Override
        Quota manyKeys() {
            return Quota.refusing();
        }
    },
    /** Nearly all requests are admitted. */
    ADMITTED {
        @Override
        Quota oneKey() {
            return Quota.admittingOnOneKey();
        }

        @Override
        Quota manyKeys() {
            return Quota.admittingOnManyKeys();
        }
    };

    abstract Quota oneKey();

    abstract Quota manyKeys();
}
