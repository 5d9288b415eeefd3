package dev.headway.server.api.limits;

import dev.headway.server.caller.Caller;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.throttle.Throttle;
import dev.headway.server.throttle.answer.LimitStanding;
import java.util.List;
import java.util.Optional;

/**
 * How the limits of somebody stand; immutable.
 *
 * @param client by what name it is counted, which is the one that admin routes take
 * @param user its name, if it has shown a key
 * @param tier what it has been promised
 * @param enabled whether anything is counted
 * @param limited whether it is: not, when it is on the list of those who never are
 * @param limits endpoint by endpoint
 */
record LimitsAnswer(
        String client,
        Optional<String> user,
        Optional<String> tier,
        boolean enabled,
        boolean limited,
        List<LimitStanding> limits) {
    static LimitsAnswer of(Throttle throttle, Named asked, List<LimitStanding> limits) {
        Caller caller = asked.caller();
        boolean isEnabled = throttle.status().enabled();
        boolean isAllowed = asked.hasAddress() && throttle.callers().allowed().contains(caller);
        return new LimitsAnswer(
                throttle.callers().countedBy().nameOf(caller),
                caller.user().map(User::name),
                caller.user().flatMap(User::tier).map(Tier::toString),
                isEnabled,
                isEnabled && !isAllowed,
                limits);
    }
}
