package dev.headway.limiter.store;

/** Where keys are placed in tests that must know it. Stateless. */
final class Places {
    /** Places that are the same in every run. */
    static final KeyHash FIXED = new KeyHash(new SipHash(1, 2), new SipHash(3, 4), new SipHash(5, 6));

    private Places() {}

    /** Builds a store with so many segments that none of a test's few keys is swept away when another one comes. */
    static MemoryStore oneKeyPerSegment(MemoryStore.Builder builder) {
        return builder.table(FIXED, new TableShape(10, 2048)).build();
    }
}
