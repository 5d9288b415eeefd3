package dev.headway.server.api.limits;

import dev.headway.limiter.StoreUnavailableException;
import dev.headway.server.api.schema.QueryFields;
import dev.headway.server.caller.Caller;
import dev.headway.server.caller.keys.KnownUsers;
import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.policy.PolicyKeeper;
import dev.headway.server.policy.Reload;
import dev.headway.server.throttle.Throttle;
import dev.headway.server.throttle.answer.LimitStanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers how limits stand; any number of threads may share it. */
public final class LimitsResource {
    private static final int MAX_TOP = 100;

    private final Throttle throttle;
    private final ClientNames names;
    private final Optional<PolicyKeeper> keeper;

    /**
     * Answers for these limits.
     *
     * @param throttle the limits
     * @param users the users who may be asked for by name; absent where there are no keys
     * @param keeper reads the policy file again; absent where there is none
     */
    public LimitsResource(Throttle throttle, Optional<KnownUsers> users, Optional<PolicyKeeper> keeper) {
        this.throttle = throttle;
        this.keeper = keeper;
        this.names = new ClientNames(throttle.callers(), users);
    }

    /** Answers what holds for whoever asks, what remains, and when there is more. */
    public Response mine(Request request) {
        Caller caller = request.caller();
        List<LimitStanding> standings = new ArrayList<>(throttle.standings(caller));
        standings.addAll(throttle.keyStandings(caller));
        return Response.json(200, answer(new Named(caller, true), standings));
    }

    /**
     * Answers the operator what holds for a client.
     *
     * @throws HttpProblem 400 when the path names nobody who is counted
     */
    public Response client(Request request) {
        Named asked = names.require(request.pathParameter("client"));
        List<LimitStanding> standings = new ArrayList<>(throttle.standings(asked.caller()));
        if (asked.hasAddress()) {
            standings.addAll(throttle.keyStandings(asked.caller()));
        }
        return Response.json(200, answer(asked, standings));
    }

    /** Answers the operator which rules hold. */
    public Response policy(Request request) {
        return Response.json(200, PolicyAnswer.of(throttle));
    }

    /**
     * Reads the policy file again, as the operator asks, and answers what has changed, or what is wrong with it.
     *
     * @throws HttpProblem 409 when there is no such file
     */
    public Response reload(Request request) {
        Reload reload = keeper.orElseThrow(
                        () -> HttpProblem.detail(409, "LIMITS_FILE is not set, so there is nothing to read"))
                .reload();
        return reload instanceof Reload.Held held
                ? Response.json(200, ReloadAnswer.of(held))
                : Response.json(422, ReloadAnswer.Faults.of((Reload.Refused) reload));
    }

    /**
     * Makes all quotas of a client whole again, as the operator asks.
     *
     * @throws HttpProblem 400 when the path names nobody who is counted, 503 when the store that servers share is away
     */
    public Response reset(Request request) {
        Named asked = names.require(request.pathParameter("client"));
        try {
            reset(asked);
        } catch (StoreUnavailableException away) {
            throw HttpProblem.detail(503, "Not all quotas are whole again: " + away.getMessage());
        }
        String client = throttle.callers().countedBy().nameOf(asked.caller());
        return Response.json(200, new ResetAnswer(true, client, "The quotas of " + client + " are whole again"));
    }

    private void reset(Named asked) {
        throttle.reset(asked.caller());
        if (asked.hasAddress()) {
            throttle.resetKeys(asked.caller());
        }
    }

    /**
     * Answers the operator who is refused most often.
     *
     * @throws HttpProblem 400 or 422 when {@code count} is no number from 1 to 100
     */
    public Response top(Request request) {
        return Response.json(200, TopAnswer.of(throttle, requireCount(request)));
    }

    private LimitsAnswer answer(Named asked, List<LimitStanding> standings) {
        return LimitsAnswer.of(throttle, asked, standings);
    }

    private static int requireCount(Request request) {
        QueryFields query = QueryFields.of(request);
        long count = query.integer("count", 10);
        query.check();
        if (count < 1 || count > MAX_TOP) {
            throw HttpProblem.detail(400, "count is " + count + "; accepted are 1 to " + MAX_TOP);
        }
        return (int) count;
    }
}
