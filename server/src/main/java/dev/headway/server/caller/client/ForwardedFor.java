package dev.headway.server.caller.client;

import dev.headway.server.caller.address.NetworkSet;
import java.util.List;

/**
 * Reads {@code X-Forwarded-For} from the right; immutable, so threads may share it.
 *
 * <p>Only the end of the list is looked at, up to the first hop that is no trusted proxy: what a client wrote in front of
 * it costs nothing, be it a thousand addresses. Eight kilobytes of commas are as many steps over one letter. A chain of more
 * trusted hops than {@link #MAX_HOPS} is nobody's real chain, and is not believed.
 */
final class ForwardedFor {
    static final int MAX_HOPS = 64;

    private final NetworkSet trusted;

    ForwardedFor(NetworkSet trusted) {
        this.trusted = trusted;
    }

    /** Returns whom the fields name, all of them together being one list. */
    Testimony read(List<String> fields) {
        Walk walk = new Walk(trusted);
        for (int index = fields.size() - 1; index >= 0 && !walk.hasArrived(); index--) {
            walk.readBackwards(fields.get(index));
        }
        return walk.found();
    }

    /** One reading; for one request. */
    private static final class Walk {
        private final NetworkSet trusted;
        private Testimony found = Testimony.SILENCE;
        private boolean arrived;
        private int hops;

        Walk(NetworkSet trusted) {
            this.trusted = trusted;
        }

        boolean hasArrived() {
            return arrived;
        }

        Testimony found() {
            return found;
        }

        void readBackwards(String field) {
            int end = field.length();
            for (int index = field.length() - 1; index >= -1 && !arrived; index--) {
                if (index < 0 || field.charAt(index) == ',') {
                    read(field, index + 1, end);
                    end = index;
                }
            }
        }

        private void read(String field, int from, int to) {
            int start = Blanks.skip(field, from, to);
            int stop = Blanks.skipBackwards(field, start, to);
            if (start == stop) {
                return;
            }
            found = Testimony.ofHop(field, start, stop);
            arrived = !isTrusted(found);
            if (!arrived && ++hops > MAX_HOPS) {
                found = Testimony.GIBBERISH;
                arrived = true;
            }
        }

        private boolean isTrusted(Testimony hop) {
            return hop instanceof Testimony.Names named && trusted.contains(named.address());
        }
    }
}
