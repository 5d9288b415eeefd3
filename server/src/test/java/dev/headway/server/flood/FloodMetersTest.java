package dev.headway.server.flood;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.limiter.testing.ManualTicker;
import dev.headway.server.caller.Caller;
import dev.headway.server.http.Access;
import dev.headway.server.http.Handler;
import dev.headway.server.http.RequestMeter;
import dev.headway.server.http.Response;
import dev.headway.server.http.Route;
import dev.headway.server.metrics.Exposition;
import dev.headway.server.metrics.Metrics;
import dev.headway.server.throttle.EndpointLimit;
import dev.headway.server.throttle.RateLimits;
import dev.headway.server.throttle.Throttle;
import dev.headway.server.throttle.answer.Ruling;
import dev.headway.server.throttle.settings.LimitClass;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The one thing that every refused request has to pass besides the limiter. */
class FloodMetersTest {
    private static final int REFUSALS = 100_000;

    private final Metrics metrics = new Metrics(Clock.systemUTC());
    private final Floods floods = new Floods();
    private final RequestMeter meter = new FloodMeters(floods, metrics.requests())
            .of(Route.get(
                    "/api/thing",
                    LimitClass.DOWNLOAD,
                    Access.OPEN,
                    Handler.immediate(request -> Response.text(200, ""))));

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void allocateNothingForARefusal() {
        Ruling refused = refused();
        refuse(refused);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        refuse(refused);
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

        assertThat(allocated / REFUSALS).isZero();
    }

    @Test
    void countEveryRefusalOnceAndOnlyRefusalsForTheLog() {
        refuse(refused());
        meter.decided(Ruling.UNLIMITED, Caller.LOCAL);

        assertThat(floods.present()).hasSize(1);
        assertThat(floods.present().get(0).refusals()).isEqualTo(REFUSALS);
        String labels = "{class=\"download\",decision=\"%s\",endpoint=\"GET /api/thing\"}";
        Exposition shown = Exposition.parse(metrics.text());
        assertThat(shown.value("headway_limit_decisions_total" + labels.formatted("refused")))
                .isEqualTo(REFUSALS);
        assertThat(shown.value("headway_limit_decisions_total" + labels.formatted("unlimited")))
                .isEqualTo(1);
    }

    private void refuse(Ruling refused) {
        for (int refusal = 0; refusal < REFUSALS; refusal++) {
            meter.decided(refused, Caller.LOCAL);
            meter.answered(429);
        }
    }

    private static Ruling refused() {
        MemoryStore store = MemoryStore.builder().ticker(new ManualTicker()).build();
        EndpointLimit limit = new Throttle(RateLimits.defaults(), store, Clock.systemUTC())
                .limit(LimitClass.DOWNLOAD, "GET /api/thing");
        Ruling ruling = limit.decide(Caller.LOCAL, () -> 0);
        while (!(ruling instanceof Ruling.Refused)) {
            ruling = limit.decide(Caller.LOCAL, () -> 0);
        }
        return ruling;
    }
}
