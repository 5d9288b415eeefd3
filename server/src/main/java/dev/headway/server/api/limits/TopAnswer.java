package dev.headway.server.api.limits;

import dev.headway.server.throttle.Throttle;
import dev.headway.server.throttle.census.RefusalCount;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Who is refused most often; immutable.
 *
 * @param since since when refusals are counted, in UTC
 * @param refused how many there were of all clients
 * @param clients the clients, most refused first
 */
record TopAnswer(String since, long refused, List<Refused> clients) {
    /**
     * One client.
     *
     * @param client by what name it is counted
     * @param refused how often it was refused, at most
     * @param refusedAtLeast how often at least
     */
    record Refused(String client, long refused, long refusedAtLeast) {}

    static TopAnswer of(Throttle throttle, int count) {
        List<Refused> clients = throttle.refusals().top(count).stream()
                .map(refusals -> refused(throttle, refusals))
                .toList();
        return new TopAnswer(
                throttle.refusals().since().truncatedTo(ChronoUnit.SECONDS).toString(),
                throttle.refusals().total(),
                clients);
    }

    private static Refused refused(Throttle throttle, RefusalCount refusals) {
        return new Refused(
                throttle.callers().countedBy().nameOf(refusals.caller()), refusals.atMost(), refusals.atLeast());
    }
}
