package dev.headway.limiter.store;

import dev.headway.limiter.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The lines of those who wait for keys of one space. Safe to share between threads; a line itself is asked and changed under the lock of
 * its key's segment.
 *
 * <p><b>Beside the records.</b> Few keys are waited for, and each who waits has a thread or a future of its own, next to which the place
 * in a line is small. So lines are objects, and records know nothing of them: as long as nobody waits in the space, a request pays one
 * look at a number that does not change.
 *
 * <p><b>Settling.</b> Nothing happens when the time of a place comes: whoever asks for the key next takes its permits, dated to that time,
 * before anything else. The rounds of {@link #due} find lines of keys for which nobody asks any more. If the store has forgotten the key
 * meanwhile, as nothing of its past mattered, it takes it up again, even if it is full: so it may hold as many keys too many as are
 * waited for.
 */
final class Lines {
    private static final int LINES_IN_A_ROUND = 2;

    private final Keyspace keys;
    private final Map<Identity, WaitingLine> lines = new ConcurrentHashMap<>();
    private final Queue<WaitingLine> round = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    Lines(Keyspace keys) {
        this.keys = keys;
    }

    /** Returns whether nobody waits in the space. */
    boolean isEmpty() {
        return count.get() == 0;
    }

    /** Returns whether there is a line for the key; it may have to be settled. */
    boolean has(long keyHigh, long keyLow) {
        return !isEmpty() && lines.containsKey(new Identity(keyHigh, keyLow));
    }

    /** Returns the line for the key after all whose time has come have gone, or nothing if none are left. */
    Optional<WaitingLine> find(Segment segment, LimitRules rules, Identity key, long nanos) {
        if (isEmpty()) {
            return Optional.empty();
        }
        Optional<WaitingLine> line = Optional.ofNullable(lines.get(key));
        line.ifPresent(found -> settle(segment, rules, found, nanos));
        return line.filter(found -> !found.isEmpty());
    }

    private void settle(Segment segment, LimitRules rules, WaitingLine line, long nanos) {
        line.settle(segment, rules, nanos);
        if (line.isEmpty()) {
            remove(line);
        }
    }

    /** Returns whether somebody more can wait for the key. */
    boolean hasRoomFor(Identity key) {
        return Optional.ofNullable(lines.get(key)).filter(WaitingLine::isFull).isEmpty();
    }

    /** Gives a place in the line for its key; returns the answer to who has asked for it. */
    Decision.Allowed stand(Segment segment, LimitRules rules, Place place, long nanos) {
        WaitingLine line = lines.computeIfAbsent(place.key(), key -> begin(key, rules));
        line.add(segment, rules, place);
        return new Decision.Allowed(line.usages(segment, rules, nanos), place, place.nanos() - nanos);
    }

    private WaitingLine begin(Identity key, LimitRules rules) {
        WaitingLine line = new WaitingLine(keys, key, rules.layout());
        round.add(line);
        count.incrementAndGet();
        return line;
    }

    /** Takes a place out of its line; returns false if its time has come or it was forgotten. */
    boolean leave(Segment segment, LimitRules rules, Place place, long nanos) {
        Optional<WaitingLine> line = find(segment, rules, place.key(), nanos);
        boolean left = line.isPresent() && line.get().remove(place);
        line.filter(WaitingLine::isEmpty).ifPresent(this::remove);
        return left;
    }

    /** Forgets all who wait for the key. */
    void forget(Identity key) {
        Optional.ofNullable(lines.get(key)).ifPresent(this::remove);
    }

    /** Goes on by a few lines; returns the keys of those in which everybody's time has come. */
    List<Identity> due(long nanos) {
        List<Identity> due = new ArrayList<>();
        for (int i = 0; i < LINES_IN_A_ROUND; i++) {
            Optional<WaitingLine> next = Optional.ofNullable(round.poll());
            next.filter(this::isStanding).ifPresent(line -> {
                round.add(line);
                if (line.lastNanos() <= nanos) {
                    due.add(line.key());
                }
            });
        }
        return due;
    }

    private boolean isStanding(WaitingLine line) {
        return lines.get(line.key()) == line;
    }

    private void remove(WaitingLine line) {
        if (lines.remove(line.key(), line)) {
            count.decrementAndGet();
        }
    }
}
