package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** A segment that changes at random, and a list of what must be in it. For one thread. */
final class SegmentWitness {
    private static final int[] RECORD_WORDS = {16, 32, 46};
    private static final int KEYS = 60;

    private final Random random;
    private final Layout layout;
    private final Segment segment;
    private final boolean collides;
    private final List<Entry> entries = new ArrayList<>();
    private long now;

    /** A key with the tick of its last touch and some word of its state. */
    private record Entry(Identity key, long last, int state) {}

    SegmentWitness(Random random, Layout layout) {
        this.random = random;
        this.layout = layout;
        this.segment = new Segment(layout, 0, 0);
        this.collides = random.nextBoolean();
    }

    Segment segment() {
        return segment;
    }

    int size() {
        return entries.size();
    }

    void change() {
        now += random.nextInt(3) == 0 ? layout.lifetimeTicks() / 8 : 1;
        switch (entries.isEmpty() ? 0 : random.nextInt(6)) {
            case 0, 1 -> insert(anyKey());
            case 2 -> grow(any());
            case 3 -> segment.remove(reference(any()));
            case 4 -> touchEarlier(any());
            default -> reclaim();
        }
    }

    /** Returns a key that differs from others in its place, in the rest of its low half, or in its high half. */
    private Identity anyKey() {
        int place = collides ? random.nextInt(-2, 2) << 19 : random.nextInt();
        return new Identity(random.nextInt(3), ((long) random.nextInt(3) << 32) | Integer.toUnsignedLong(place));
    }

    /** Returns one of the entries, which it forgets. */
    private Entry any() {
        return entries.remove(random.nextInt(entries.size()));
    }

    private int reference(Entry entry) {
        return segment.find(entry.key().high(), entry.key().low());
    }

    private void insert(Identity key) {
        if (segment.find(key.high(), key.low()) != Segment.ABSENT || entries.size() == KEYS) {
            return;
        }
        int words = RECORD_WORDS[random.nextInt(RECORD_WORDS.length)];
        write(new Entry(key, now, random.nextInt()), segment.insert(key.high(), key.low(), words, now));
    }

    private void grow(Entry entry) {
        int reference = reference(entry);
        int words = Page.recordWords(segment.page(reference));
        int larger = RECORD_WORDS[words == RECORD_WORDS[0] ? 1 : 2];
        int moved = words == larger ? reference : segment.move(reference, larger);

        assertThat(Page.recordWords(segment.page(moved))).isEqualTo(larger);
        entries.add(entry);
    }

    private void touchEarlier(Entry entry) {
        int reference = reference(entry);
        Entry earlier = new Entry(entry.key(), entry.last() - random.nextInt(1000), entry.state());
        Words.putLong(segment.page(reference), Segment.offset(reference) + Page.LAST, earlier.last());
        segment.touchedEarlier(reference);
        write(earlier, reference);
    }

    private void write(Entry entry, int reference) {
        segment.page(reference)[Segment.offset(reference) + Page.STATE] = entry.state();
        entries.add(entry);
    }

    /** Frees what is dead, page after page; nothing else may go, and then there is nothing to look for before the next death. */
    private void reclaim() {
        long nanos = layout.scale().nanosAt(now);
        int freed;
        do {
            freed = segment.reclaim(nanos);
            int before = entries.size();
            entries.removeIf(entry -> isDead(entry) && reference(entry) == Segment.ABSENT);
            assertThat(freed).isEqualTo(before - entries.size());
        } while (freed > 0);
        assertThat(entries).noneMatch(this::isDead);
        assertThat(segment.nextDeathNanos()).isGreaterThan(nanos);
    }

    private boolean isDead(Entry entry) {
        return now - entry.last() >= layout.lifetimeTicks();
    }

    void assertKeepsTheSame() {
        assertIsIn(ignored -> segment);
        assertThat(segment.used()).isEqualTo(entries.size());
        assertThat(segment.find(3, 3)).isEqualTo(Segment.ABSENT);
        assertThat(segment.nextDeathNanos())
                .isLessThanOrEqualTo(entries.stream()
                        .mapToLong(entry -> layout.scale().nanosAt(entry.last() + layout.lifetimeTicks()))
                        .min()
                        .orElse(Long.MAX_VALUE));
    }

    /** Asserts that each key is found, with its state, in the segment that the function names. */
    void assertIsIn(Function<Identity, Segment> segments) {
        for (Entry entry : entries) {
            Segment in = segments.apply(entry.key());
            int reference = in.find(entry.key().high(), entry.key().low());
            assertThat(reference).isNotEqualTo(Segment.ABSENT);
            assertThat(Page.last(in.page(reference), Segment.offset(reference))).isEqualTo(entry.last());
            assertThat(in.page(reference)[Segment.offset(reference) + Page.STATE])
                    .isEqualTo(entry.state());
        }
    }
}
