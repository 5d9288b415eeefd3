package dev.headway.limiter.store;

import dev.headway.limiter.Receipt;
import dev.headway.limiter.algorithm.Taken;
import java.util.List;

/** The permits of one key that one request took. Safe to share between threads: it gives back once, whoever asks. */
final class MemoryReceipt implements Receipt {
    private final Keyspace keys;
    private final LimitRules rules;
    private final long keyHigh;
    private final long keyLow;
    private final List<Taken> taken;
    private boolean
            used; // guarded by the lock of the key's segment, so that who is told "not a second time" finds it given
    // back

    MemoryReceipt(Keyspace keys, LimitRules rules, long keyHigh, long keyLow, List<Taken> taken) {
        this.keys = keys;
        this.rules = rules;
        this.keyHigh = keyHigh;
        this.keyLow = keyLow;
        this.taken = taken;
    }

    @Override
    public boolean refund() {
        Segment segment = keys.lock(Identity.place(keyLow));
        boolean given;
        try {
            given = !used && segment.layout().takesReceiptsOf(rules.layout()) && giveBack(segment);
            used = true;
        } finally {
            segment.unlock();
        }
        if (given) {
            keys.touchedEarlier(segment);
        }
        return given;
    }

    private boolean giveBack(Segment segment) {
        LimitRules current = rules.on(segment.layout());
        Identity key = new Identity(keyHigh, keyLow);
        long nanos = keys.nanos();
        keys.lines().find(segment, current, key, nanos).ifPresent(WaitingLine::keyHasChanged);
        int reference = segment.find(keyHigh, keyLow);
        return reference != Segment.ABSENT && giveBack(segment, current, reference, nanos);
    }

    private boolean giveBack(Segment segment, LimitRules current, int reference, long nanos) {
        int[] page = segment.page(reference);
        int at = Segment.offset(reference);
        PackedAlgorithm algorithm = keys.refunding(current).algorithm();
        if (!algorithm.giveBack(page, at, nanos, takenBy(segment.layout()))) {
            return false;
        }
        if (algorithm.isBlank(page, at)) {
            keys.forget(segment, reference);
        } else {
            segment.touchedEarlier(reference);
        }
        return true;
    }

    private List<Taken> takenBy(Layout layout) {
        return layout == rules.layout()
                ? taken
                : taken.stream().map(one -> dated(one, layout.scale())).toList();
    }

    private Taken dated(Taken one, TickScale scale) {
        return new Taken(one.permits(), scale.tick(one.tick(), rules.layout().scale()), one.serial());
    }
}
