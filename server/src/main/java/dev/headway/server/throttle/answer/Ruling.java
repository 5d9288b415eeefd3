package dev.headway.server.throttle.answer;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Usage;
import java.util.List;
import java.util.Optional;

/** What was decided about one request; immutable. */
public sealed interface Ruling {
    /** The ruling on whoever is never limited. */
    Ruling UNLIMITED = new Unlimited();

    /** The ruling on whoever is not served. */
    Ruling DENIED = new Denied();

    /** Writes the header fields that go with whatever is answered. */
    void writeFields(FieldSink sink);

    /** Nothing is counted here. */
    record Unlimited() implements Ruling {
        @Override
        public void writeFields(FieldSink sink) {}
    }

    /** The caller is on the list of those who are not served. */
    record Denied() implements Ruling {
        @Override
        public void writeFields(FieldSink sink) {}
    }

    /** The request was counted and may go on. */
    final class Admitted implements Ruling {
        private final RateFields fields;
        private final Decision.Allowed decision;

        Admitted(RateFields fields, Decision.Allowed decision) {
            this.fields = fields;
            this.decision = decision;
        }

        /** Returns the share of its quota that the client still has, 0 to 1; of several limits the one that leaves least. */
        public double remainingShare() {
            List<Usage> usages = decision.usages();
            double least = 1;
            for (int index = 0; index < usages.size(); index++) {
                Usage usage = usages.get(index);
                least = Math.min(
                        least, (double) usage.remaining() / usage.limit().permits());
            }
            return Math.max(0, least);
        }

        @Override
        public void writeFields(FieldSink sink) {
            fields.write(decision.usages(), sink);
        }
    }

    /** The request was not counted and ends here. */
    final class Refused implements Ruling {
        private final RateFields fields;
        private final RefusalText text;
        private final Decision.Refused decision;
        private final long waitSeconds;

        Refused(RateFields fields, RefusalText text, Decision.Refused decision) {
            this.fields = fields;
            this.text = text;
            this.decision = decision;
            this.waitSeconds = Math.max(1, Seconds.roundedUp(decision.retryAfterNanos()));
        }

        /** Returns 429, or 503 where the client is a new one and the server already counts as many as it can. */
        public int status() {
            return decision.cause() == Decision.Cause.STORE_FULL ? 503 : 429;
        }

        @Override
        public void writeFields(FieldSink sink) {
            sink.set(RateField.RETRY_AFTER, Long.toString(waitSeconds));
            switch (decision.cause()) {
                case LIMIT -> fields.write(decision.usages(), sink);
                case PENALTY -> fields.writeShutOut(decision.usages(), decision.retryAfterNanos(), sink);
                case STORE_FULL -> {}
            }
        }

        /** Returns the JSON that says so, with the job where the path names one. */
        public byte[] body(Optional<String> jobId) {
            return text.plain(decision, waitSeconds, jobId);
        }

        /** Returns the same facts as RFC 9457 has them. */
        public byte[] problemBody(Optional<String> jobId) {
            return text.problem(decision, waitSeconds, jobId, status());
        }
    }
}
