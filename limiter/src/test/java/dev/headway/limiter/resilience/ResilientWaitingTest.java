package dev.headway.limiter.resilience;

import static dev.headway.limiter.resilience.Distance.PAUSE;
import static dev.headway.limiter.resilience.Distance.admitted;
import static dev.headway.limiter.resilience.Distance.limiter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Decision;
import dev.headway.limiter.Limit;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.StoreUnavailableException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Claims about those who wait for a limit whose store comes and goes. Threads do not share it. */
class ResilientWaitingTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Distance distance = Distance.nearTheEndOfTime();

    @Test
    void countsAlongWhatTheStorePromised() {
        RateLimiter other = limiter(distance.otherServer(), "2/minute");
        RateLimiter limiter = limiter(distance.server().build(), "2/minute");
        other.tryAcquire("key", 2);
        assertThat(secondsToWait(limiter.reserve("key", 2, LONG))).isEqualTo(60);
        distance.store().setAway(true);

        assertThat(admitted(limiter, 5)).as("behind the line").isZero();
        distance.ticker().advance(Duration.ofSeconds(119));
        assertThat(admitted(limiter, 5)).as("in the window of their time").isZero();
        distance.ticker().advance(Duration.ofSeconds(1));
        assertThat(admitted(limiter, 5)).isEqualTo(2);
    }

    @Test
    void letsCallersWaitForItsShareWhileTheStoreIsAway() {
        RateLimiter limiter = limiter(distance.server().servers(2).build(), "4/minute");
        distance.store().setAway(true);

        assertThat(secondsToWait(limiter.reserve("key", 2, LONG))).isZero();
        assertThat(secondsToWait(limiter.reserve("key", 1, LONG))).isEqualTo(60);
        assertThat(secondsToWait(limiter.reserve("key", 2, LONG))).isEqualTo(120);
        Decision tooLate = limiter.reserve("key", 1, Duration.ofSeconds(179));

        assertThat(tooLate)
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.refusedBy()).containsExactly(Limit.parse("4/minute")));
    }

    @Test
    void standsBehindThoseWhomTheStoreHadPromised() {
        RateLimiter limiter = limiter(distance.server().build(), "1/minute");
        limiter.tryAcquire("key");
        assertThat(secondsToWait(limiter.reserve("key", 1, LONG))).isEqualTo(60);
        distance.store().setAway(true);

        assertThat(secondsToWait(limiter.reserve("key", 1, LONG))).isEqualTo(120);
    }

    @Test
    void givesNoPlaceSoonerThanItsOwnCountHasRoomAfterTheStoreCameBack() {
        RateLimiter limiter = limiter(distance.server().build(), "3/minute");
        distance.lose(limiter);
        distance.store().setAway(false);
        distance.ticker().advance(PAUSE);

        Decision.Allowed place = (Decision.Allowed) limiter.reserve("key", 1, LONG);

        assertThat(place.waitTime()).isEqualTo(Duration.ofMinutes(1).minus(PAUSE));
        assertThat(limiter.reserve("key", 3, Duration.ofSeconds(30)).allowed()).isFalse();
        assertThat(place.refund()).isTrue();
        assertThat(((Decision.Allowed) limiter.reserve("key", 3, LONG)).waitTime())
                .isEqualTo(place.waitTime());
    }

    @Test
    void holdsItsOwnCountUntilAWindowAfterTheLastOfThoseWhomItPromisedAlone() {
        RateLimiter limiter = limiter(distance.server().build(), "3/minute");
        distance.lose(limiter);
        assertThat(secondsToWait(limiter.reserve("key", 3, LONG))).isEqualTo(60);
        distance.store().setAway(false);

        distance.ticker().advance(Duration.ofSeconds(59));
        assertThat(admitted(limiter, 5)).as("before their time").isZero();
        distance.ticker().advance(Duration.ofSeconds(60));
        assertThat(admitted(limiter, 5)).as("within a window of it").isZero();
        distance.ticker().advance(Duration.ofSeconds(1));
        assertThat(admitted(limiter, 5)).isEqualTo(3);
    }

    @Test
    void givesPlacesBackToBoth() {
        RateLimiter limiter = limiter(distance.server().build(), "1/minute");
        limiter.tryAcquire("key");
        Decision.Allowed place = (Decision.Allowed) limiter.reserve("key", 1, LONG);

        assertThat(place.refund()).isTrue();
        assertThat(place.refund()).isFalse();

        distance.ticker().advance(Duration.ofMinutes(1));
        assertThat(limiter.peek("key", 1).allowed()).isTrue();
        distance.store().setAway(true);
        assertThat(admitted(limiter, 3)).isEqualTo(1);
    }

    @Test
    void failsWithoutAStandInAndCountsThatAsAFailure() {
        ResilientStore store = ResilientStore.around(distance.store())
                .ticker(distance.ticker())
                .build();
        RateLimiter limiter = limiter(store, "3/minute");
        distance.store().setAway(true);

        for (int attempt = 0; attempt < 5; attempt++) {
            assertThatThrownBy(() -> limiter.reserve("key", 1, LONG)).isInstanceOf(StoreUnavailableException.class);
        }

        assertThat(store.health().state()).isEqualTo(StoreHealth.State.AWAY);
        assertThat(distance.store().asked()).isEqualTo(3);
    }

    private static long secondsToWait(Decision decision) {
        return ((Decision.Allowed) decision).waitTime().toSeconds();
    }
}
