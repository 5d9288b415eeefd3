package dev.headway.benchmarks.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Somebody who is measured. Immutable.
 *
 * @param name the name in the summary
 * @param workloads what it is asked
 * @param opener makes one with a connection of its own
 */
record Entrant(String name, Set<Workload> workloads, Function<Workload, Asker> opener) {

    /** All but {@code redis-benchmark}, ours first, the floor last. */
    static List<Entrant> all(String uri) {
        return List.of(
                new Entrant("headway", EnumSet.allOf(Workload.class), workload -> new HeadwayAsker(uri, workload)),
                overLettuce("bucket4j", EnumSet.allOf(Workload.class), uri, Bucket4jQuestion::new),
                overLettuce("naive", EnumSet.allOf(Workload.class), uri, NaiveQuestion::new),
                overLettuce("get", EnumSet.of(Workload.ADMIT), uri, GetQuestion::new));
    }

    private static Entrant overLettuce(
            String name,
            Set<Workload> workloads,
            String uri,
            BiFunction<StatefulRedisConnection<String, byte[]>, Workload, LettuceAsker.Question> question) {
        return new Entrant(
                name,
                workloads,
                workload -> LettuceAsker.connect(uri, connection -> question.apply(connection, workload)));
    }
}
