package dev.headway.server.throttle.answer;

import dev.headway.limiter.Limit;
import dev.headway.limiter.Usage;
import java.time.Clock;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Writes how the limits of one endpoint stand into header fields; immutable, so threads may share it.
 *
 * <p>Two generations of them. The IETF draft (draft-ietf-httpapi-ratelimit-headers, from -08 on) lists every limit:
 * {@code RateLimit-Policy: "training-execute";q=10;w=60} and {@code RateLimit: "training-execute";r=7;t=41}, where t is the
 * time until more than r is available; it is left out when nothing is used. The older X-RateLimit fields have room for one
 * limit, so they show the one that leaves least.
 */
final class RateFields {
    private static final Comparator<Usage> TIGHTEST_FIRST = Comparator.comparingLong(Usage::remaining)
            .thenComparing(Comparator.comparingLong(Usage::nextPermitAfterNanos).reversed());

    private final PolicyNames names;
    private final HeaderStyle style;
    private final Clock clock;
    private final String policy;
    private final List<Long> windowSeconds;

    RateFields(PolicyNames names, HeaderStyle style, Clock clock) {
        this.names = names;
        this.style = style;
        this.clock = clock;
        this.policy = policy(names);
        this.windowSeconds =
                names.limits().stream().map(limit -> limit.window().toSeconds()).toList();
    }

    void write(List<Usage> usages, FieldSink sink) {
        if (style.ietf()) {
            sink.set(RateField.POLICY, policy);
            sink.set(RateField.STANDING, standing(usages));
        }
        if (style.legacy()) {
            writeLegacy(tightest(usages), sink);
        }
    }

    /** Writes that nothing remains until a shut-out ends, whatever the limits would give. */
    void writeShutOut(List<Usage> usages, long nanos, FieldSink sink) {
        if (style.ietf()) {
            sink.set(RateField.POLICY, policy);
            sink.set(RateField.STANDING, shutOut(Seconds.roundedUp(nanos)));
        }
        if (style.legacy()) {
            writeLegacy(new Usage(tightest(usages).limit(), 0, nanos, nanos), sink);
        }
    }

    private String shutOut(long seconds) {
        return names.names().stream()
                .map(name -> "\"" + name + "\";r=0;t=" + seconds)
                .collect(Collectors.joining(", "));
    }

    private void writeLegacy(Usage usage, FieldSink sink) {
        sink.set(RateField.LIMIT, Integer.toString(usage.limit().permits()));
        sink.set(RateField.REMAINING, Long.toString(usage.remaining()));
        sink.set(RateField.RESET, Long.toString(epochSecond(usage.nextPermitAfterNanos())));
    }

    private long epochSecond(long afterNanos) {
        long now = TimeUnit.MILLISECONDS.toNanos(clock.millis());
        return Seconds.roundedUp(now + afterNanos);
    }

    private String standing(List<Usage> usages) {
        StringBuilder text = new StringBuilder(40 * usages.size());
        for (int index = 0; index < usages.size(); index++) {
            Usage usage = usages.get(index);
            text.append(index == 0 ? "\"" : ", \"")
                    .append(names.names().get(index))
                    .append("\";r=");
            text.append(usage.remaining());
            if (usage.nextPermitAfterNanos() > 0) {
                text.append(";t=").append(waitSeconds(usage, index));
            }
        }
        return text.toString();
    }

    private static Usage tightest(List<Usage> usages) {
        return usages.size() == 1 ? usages.get(0) : Collections.min(usages, TIGHTEST_FIRST);
    }

    /** Returns the wait, without the fraction of a microsecond by which the store's clock may exceed the window. */
    private long waitSeconds(Usage usage, int index) {
        return Math.min(Seconds.roundedUp(usage.nextPermitAfterNanos()), windowSeconds.get(index));
    }

    private static String policy(PolicyNames names) {
        StringBuilder text = new StringBuilder();
        for (Limit limit : names.limits()) {
            text.append(text.isEmpty() ? "\"" : ", \"")
                    .append(names.nameOf(limit))
                    .append("\";q=");
            text.append(limit.permits()).append(";w=").append(limit.window().toSeconds());
        }
        return text.toString();
    }
}
