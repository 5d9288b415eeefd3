/**
 * Rate limits that are exact, bounded in memory and without a thread of their own.
 *
 * <p>The algorithms are not exported: they are the specification that stores are tested against, and may change with any release.
 */
module dev.headway.limiter {
    requires static org.jspecify;

    exports dev.headway.limiter;
    exports dev.headway.limiter.resilience;
    exports dev.headway.limiter.store;
    exports dev.headway.limiter.testing;
}
