package dev.headway.limiter.complaints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.Decision;
import dev.headway.limiter.FlakyStore;
import dev.headway.limiter.RateLimiter;
import dev.headway.limiter.StoreFailurePolicy;
import dev.headway.limiter.StoreUnavailableException;
import org.junit.jupiter.api.Test;

/** Complaints about what became of requests while the store was away. Threads do not share it. */
class StoreTroubleTest {
    private final Desk desk = new Desk();
    private final FlakyStore store = new FlakyStore(desk.store);

    /** 36 and 40, bucket4j#339, rate-limit-redis#72: without its Redis the whole application was down. */
    @Test
    void letsTheApplicationGoOnWithoutTheStoreWhereItsOwnerSaysSo() {
        RateLimiter limiter = limiter(StoreFailurePolicy.ALLOW);
        store.setAway(true);

        assertThat(limiter.tryAcquire("key").allowed()).isTrue();
        store.setAway(false);
        assertThat(Desk.allowed(limiter, 10)).isEqualTo(2);
    }

    /** 42, node-rate-limiter-flexible#337: the fallback caught ordinary refusals too, and 2 a second became 100. */
    @Test
    void takesNoRefusalForAFailure() {
        RateLimiter limiter = limiter(StoreFailurePolicy.ALLOW);

        assertThat(Desk.allowed(limiter, 100)).isEqualTo(2);
        assertThat(limiter.tryAcquire("key")).isInstanceOf(Decision.Refused.class);
    }

    /** 43, koala73/worldmonitor#8356: a timeout of the store was taken for leave to go on, which nobody had given. */
    @Test
    void letsNobodyThroughOnAFailureUnlessToldTo() {
        store.setAway(true);

        RateLimiter silent = desk.builder("2/minute").store(store).build();
        assertThatThrownBy(() -> silent.tryAcquire("key")).isInstanceOf(StoreUnavailableException.class);
        assertThat(limiter(StoreFailurePolicy.REFUSE).tryAcquire("key").allowed())
                .isFalse();
        assertThat(limiter(StoreFailurePolicy.ALLOW).tryAcquire("key"))
                .as("tells apart what was allowed and what nobody knows")
                .isInstanceOf(Decision.StoreUnknown.class);
    }

    private RateLimiter limiter(StoreFailurePolicy policy) {
        return desk.builder("2/minute").store(store).onStoreFailure(policy).build();
    }
}
