package dev.headway.server.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.caller.Caller;
import dev.headway.server.http.RequestMeter;
import dev.headway.server.http.RequestMeters;
import dev.headway.server.http.Route;
import dev.headway.server.throttle.answer.Ruling;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RequestTimerTest {
    private final Durations durations = new Durations();

    @Test
    void measuresEveryRequestThatIsAdmittedAndOneIn64OfThoseThatAreRefused() throws Exception {
        try (TestServer server =
                TestServer.with(Echo.limited("/execute")).meters(durations).start()) {
            for (int request = 0; request < 10 + 2 * 64; request++) {
                server.post("/execute", "{}");
            }
        }

        assertThat(durations.statuses()).filteredOn(status -> status == 200).hasSize(10);
        assertThat(durations.statuses()).filteredOn(status -> status == 429).hasSize(2);
    }

    /** Notes the statuses of which it is told a duration. */
    private static final class Durations implements RequestMeters, RequestMeter {
        private final List<Integer> statuses = new CopyOnWriteArrayList<>();

        List<Integer> statuses() {
            return statuses;
        }

        @Override
        public RequestMeter of(Route route) {
            return this;
        }

        @Override
        public RequestMeter strays() {
            return RequestMeter.NONE;
        }

        @Override
        public void decisionTook(long nanos) {}

        @Override
        public void decided(Ruling ruling, Caller caller) {}

        @Override
        public void answered(int status) {}

        @Override
        public void took(int status, long nanos) {
            assertThat(nanos).isNotNegative();
            statuses.add(status);
        }
    }
}
