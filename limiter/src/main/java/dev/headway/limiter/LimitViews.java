package dev.headway.limiter;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The views of one space under different limits, made once per list of limits. Safe to share between threads.
 *
 * <p>Views are kept for the first {@value #MOST} lists, or a few more if threads meet; a program with more lists than that still gets
 * right answers, from views that are made for the one request.
 */
final class LimitViews {
    static final int MOST = 1024;

    private final Terms terms;
    private final LimitSpace space;
    private final Map<List<Limit>, LimitSpace> views = new ConcurrentHashMap<>();

    LimitViews(Terms terms, LimitSpace space) {
        this.terms = terms;
        this.space = space;
    }

    LimitSpace under(List<Limit> limits) {
        LimitSpace known = views.get(limits);
        if (known != null) {
            return known;
        }
        List<Limit> valid = terms.withLimits(limits).limits();
        return views.size() < MOST ? views.computeIfAbsent(valid, space::withLimits) : space.withLimits(valid);
    }
}
