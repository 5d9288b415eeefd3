package dev.headway.benchmarks.redis;

/** How callers wait for an answer. Immutable. */
enum Form {
    /** Each caller is a thread that waits. */
    THREADS,
    /** Each caller asks again where its answer arrives; no thread waits. */
    ASYNCHRONOUS;

    String word() {
        return this == THREADS ? "16 threads" : "16 asynchronous";
    }
}
