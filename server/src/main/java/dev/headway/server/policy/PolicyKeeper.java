package dev.headway.server.policy;

import dev.headway.server.fresh.FileStamp;
import dev.headway.server.fresh.FollowedFile;
import dev.headway.server.throttle.Throttle;
import dev.headway.server.throttle.rules.Place;
import dev.headway.server.throttle.rules.Policy;
import dev.headway.server.throttle.rules.RulesNotKept;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the limits up with the policy file; safe to share between threads.
 *
 * <p>The file is looked at about once a second, and read when it has changed and then been left alone for a look: YAML has no end, so half
 * of a file that is still being written would be taken for a shorter one. Who asks for it, by a signal or by a request, has it read at
 * once. A file that cannot be used changes nothing: that is told once for each thing that is wrong with it, and the rules of before hold.
 */
public final class PolicyKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyKeeper.class);

    private final Path file;
    private final String name;
    private final Known known;
    private final Throttle throttle;
    private final Clock clock;
    private final FollowedFile followed;
    private Optional<FileStamp> seen = Optional.empty();
    private Optional<FileStamp> settled = Optional.empty();
    private String complaint = "";

    /**
     * Begins to keep the limits up.
     *
     * @param file the policy file
     * @param name how the operator calls it, by which faults name it
     * @param known what it may refer to
     * @param throttle the limits, by which what the file said last holds
     * @param clock the time of day, as the file system has it
     */
    public PolicyKeeper(Path file, String name, Known known, Throttle throttle, Clock clock) {
        this.file = file;
        this.name = name;
        this.known = known;
        this.throttle = throttle;
        this.clock = clock;
        this.followed = new FollowedFile(clock.instant());
    }

    /** Returns what has come of the file so far. */
    public FollowedFile followed() {
        return followed;
    }

    /** Reads the file if it has changed and come to rest. */
    public synchronized void look() {
        Optional<FileStamp> stamp = findStamp();
        boolean isAtRest = stamp.equals(seen);
        seen = stamp;
        if (stamp.isEmpty() || (isAtRest && !settled.equals(stamp))) {
            read();
            settled = stamp.filter(found -> found.isSettled(clock.instant()));
        }
    }

    /** Reads the file, whether it has changed or not, and logs what comes of it. */
    public synchronized Reload reload() {
        complaint = "";
        Reload reload = read();
        if (reload instanceof Reload.Held held && held.changes().isEmpty()) {
            LOG.info("{}: read again; nothing has changed, {} rules hold", name, held.rules());
        }
        return reload;
    }

    private Optional<FileStamp> findStamp() {
        try {
            return Optional.of(FileStamp.of(file));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private Reload read() {
        try {
            PolicyFile found = PolicyFile.read(file, name, known);
            return hold(found);
        } catch (InvalidPolicy unusable) {
            return refuse(unusable.faults());
        } catch (RulesNotKept notKept) {
            return refuse(notKept.problems().stream()
                    .map(problem -> new Fault(problem.rule().place(), problem.text()))
                    .toList());
        } catch (IllegalArgumentException complaint) {
            // The usual limits cannot be kept beside windows that the store has had to keep for a policy of before.
            return refuse(List.of(new Fault(new Place(name, 1, 1), complaint.getMessage() + "; a restart takes it")));
        }
    }

    private Reload hold(PolicyFile found) {
        Policy before = throttle.policy();
        List<String> changes = PolicyChanges.between(before, found.policy());
        if (!found.policy().equals(before)) {
            throttle.adopt(found.policy());
        }
        throttle.noteFaults(0);
        followed.usable(clock.instant());
        if (!changes.isEmpty()) {
            followed.countTaken();
            LOG.info(
                    "{}: other rules hold, {} in all: {}",
                    name,
                    found.policy().rules().size(),
                    String.join(" | ", changes));
            found.warnings().forEach(warning -> LOG.warn("{}", warning));
        } else if (!complaint.isEmpty()) {
            LOG.info("{}: it can be used again, and nothing in it has changed", name);
        }
        complaint = "";
        return new Reload.Held(found.policy().rules().size(), changes, found.warnings());
    }

    private Reload refuse(List<Fault> faults) {
        throttle.noteFaults(faults.size());
        followed.unusable();
        String problem = faults.stream().limit(20).map(Fault::toString).collect(Collectors.joining("\n  "));
        if (!problem.equals(complaint)) {
            complaint = problem;
            followed.countRefused();
            LOG.warn("{}: the rules of before hold, as the file has faults ({}):\n  {}", name, faults.size(), problem);
        }
        return new Reload.Refused(faults);
    }
}
