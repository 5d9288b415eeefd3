package dev.headway.server.load;

/** Says how busy something is; asked by one thread. */
@FunctionalInterface
interface LoadSource {
    /** Looks, which may take some seconds; throws nothing, and says that it does not know instead. */
    Reading look();
}
