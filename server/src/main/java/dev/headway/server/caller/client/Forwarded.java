package dev.headway.server.caller.client;

import dev.headway.server.caller.address.NetworkSet;
import java.util.List;

/**
 * Reads RFC 7239 {@code Forwarded}; immutable, so threads may share it.
 *
 * <p>Quoted strings can only be told apart from the left, so the list is read in that direction, keeping what the walk
 * from the right would have ended at: the last hop that is no trusted proxy, or the first of all.
 */
final class Forwarded {
    private final NetworkSet trusted;

    Forwarded(NetworkSet trusted) {
        this.trusted = trusted;
    }

    /** Returns whom the fields name, all of them together being one list. */
    Testimony read(List<String> fields) {
        Testimony found = Testimony.SILENCE;
        for (String field : fields) {
            found = read(field, found);
        }
        return found;
    }

    private Testimony read(String field, Testimony before) {
        Testimony found = before;
        int start = 0;
        while (start <= field.length()) {
            int stop = Quoted.endOf(field, ',', start, field.length());
            if (Blanks.skip(field, start, stop) < stop) {
                found = after(found, hop(field, start, stop));
            }
            start = stop + 1;
        }
        return found;
    }

    private Testimony after(Testimony before, Testimony hop) {
        boolean isTrusted = hop instanceof Testimony.Names named && trusted.contains(named.address());
        return isTrusted && before != Testimony.SILENCE ? before : hop;
    }

    /** Returns whom the {@code for} of one element names. */
    private static Testimony hop(String field, int from, int to) {
        int start = from;
        while (start <= to) {
            int stop = Quoted.endOf(field, ';', start, to);
            int equals = Quoted.endOf(field, '=', start, stop);
            if (equals < stop && isFor(field, start, equals)) {
                return node(field, equals + 1, stop);
            }
            start = stop + 1;
        }
        return Testimony.GIBBERISH;
    }

    private static boolean isFor(String field, int from, int to) {
        int start = Blanks.skip(field, from, to);
        return Blanks.skipBackwards(field, start, to) - start == 3 && field.regionMatches(true, start, "for", 0, 3);
    }

    private static Testimony node(String field, int from, int to) {
        int start = Blanks.skip(field, from, to);
        int stop = Blanks.skipBackwards(field, start, to);
        boolean isQuoted = stop - start >= 2 && field.charAt(start) == '"' && field.charAt(stop - 1) == '"';
        return Testimony.ofHop(field, isQuoted ? start + 1 : start, isQuoted ? stop - 1 : stop);
    }
}
