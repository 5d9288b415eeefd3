package dev.headway.jobs;

import dev.headway.jobs.run.AttemptName;
import dev.headway.jobs.run.AttemptOrder;
import dev.headway.jobs.run.AttemptRunner;
import dev.headway.jobs.run.Sighting;
import dev.headway.jobs.run.StartResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Runs attempts by a script: a test says what is seen of each, and reads what was done to them. For the thread of a
 * test and that of an engine.
 *
 * <p>It outlives the engines of a test as processes outlive servers. An attempt that was never scripted is unclaimed, as
 * after a crash between the commit and the start; one that is started is beginning until the test says otherwise.
 */
final class ScriptedProcesses implements AttemptRunner {
    private final Map<String, Sighting> seen = new ConcurrentSkipListMap<>();
    private final List<String> deeds = new CopyOnWriteArrayList<>();
    private volatile StartResult startResult = new StartResult.Ordered();
    private volatile boolean losesOrders;
    private volatile boolean failsToLook;
    private volatile String broken = "";

    /** Says what is seen of an attempt from now on. */
    void show(String attempt, Sighting sighting) {
        seen.put(attempt, sighting);
    }

    /** Has every start end like this from now on. */
    void answerStarts(StartResult result) {
        startResult = result;
    }

    /** Has orders vanish from now on, as when the server dies before it has given them. */
    void loseOrders() {
        losesOrders = true;
    }

    /** Has the next look go wrong in a way that nobody has thought of. */
    void failNextLook() {
        failsToLook = true;
    }

    /** Has every request to stop this attempt go wrong in a way that nobody has thought of. */
    void breakOn(String attempt) {
        broken = attempt;
    }

    /** {@return everything done so far, and forgets it} */
    List<String> deeds() {
        List<String> copy = List.copyOf(deeds);
        deeds.clear();
        return copy;
    }

    @Override
    public StartResult start(AttemptOrder order) {
        if (losesOrders) {
            return startResult;
        }
        deeds.add("start " + order.name());
        if (startResult instanceof StartResult.Ordered) {
            seen.putIfAbsent(order.name().toString(), new Sighting.Beginning());
        }
        return startResult;
    }

    @Override
    public Map<AttemptName, Sighting> look(Set<AttemptName> names) {
        if (failsToLook) {
            failsToLook = false;
            throw new IllegalStateException("as the test wanted it");
        }
        Map<AttemptName, Sighting> sightings = new HashMap<>();
        names.forEach(name -> sightings.put(name, seen.getOrDefault(name.toString(), new Sighting.Unclaimed())));
        return sightings;
    }

    @Override
    public boolean revoke(AttemptName name) {
        deeds.add("revoke " + name);
        Sighting sighting = seen.getOrDefault(name.toString(), new Sighting.Unclaimed());
        if (!(sighting instanceof Sighting.Unclaimed)) {
            return false;
        }
        seen.put(name.toString(), new Sighting.Revoked());
        return true;
    }

    @Override
    public void askToStop(AttemptName name) {
        if (name.toString().equals(broken)) {
            throw new IllegalStateException("broken on " + name);
        }
        deeds.add("stop " + name);
    }

    @Override
    public void kill(AttemptName name) {
        deeds.add("kill " + name);
    }
}
