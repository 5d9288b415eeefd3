package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.store.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims about how a limiter is made and asked. Threads do not share it. */
class RateLimiterTest {
    private final MemoryStore store = MemoryStore.builder().build();

    @Test
    void knowsItsNameAndLimits() {
        RateLimiter limiter = builder().build();

        assertThat(limiter.name()).isEqualTo("login");
        assertThat(limiter.limits()).containsExactly(Limit.of(10, Unit.MINUTE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a\"b", "ä"})
    void refusesANameThatNoHeaderCouldCarry(String name) {
        assertThatThrownBy(() -> builder().name(name).build())
                .hasMessage(
                        "a limiter named \"%s\"; 1 to 64 letters, digits, dots, hyphens and underscores are accepted",
                        name);
    }

    @Test
    void refusesToBeMadeWithoutLimits() {
        assertThatThrownBy(() -> builder().limits().build())
                .hasMessage("limiter \"login\" has no limits; at least one is needed");
    }

    @Test
    void refusesToBeMadeWithoutAStore() {
        assertThatThrownBy(() -> RateLimiter.builder()
                        .name("login")
                        .limits(Limit.of(1, Unit.DAY))
                        .build())
                .hasMessage("limiter \"login\" has no store; MemoryStore.builder().build() makes one");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refusesToBeAskedForFewerPermitsThanOne(int permits) {
        RateLimiter limiter = builder().build();

        assertThatThrownBy(() -> limiter.tryAcquire("key", permits))
                .hasMessage("%d permits asked for; at least 1 is accepted", permits);
        assertThatThrownBy(() -> limiter.tryAcquire(1, 2, permits)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void answersByANumberAsItDoesByADecision() {
        RateLimiter limiter = builder().build();

        assertThat(limiter.tryAcquireNanos("alice", 9)).isZero();
        assertThat(limiter.tryAcquireNanos("alice")).isZero();
        long wait = limiter.tryAcquireNanos("alice");
        assertThat(Duration.ofNanos(wait)).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
        assertThat(limiter.tryAcquireNanos(1, 2, 10)).isZero();
        assertThat(limiter.tryAcquireNanos(1, 2, 1)).isPositive();
        assertThat(limiter.tryAcquireNanos("alice", 11)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void answersForOneKeyAsItDoesByItsName() {
        RateLimiter limiter = builder().build();
        KeyLimiter alice = limiter.forKey(Key.of("alice"));

        assertThat(alice.tryAcquireNanos(4)).isZero();
        assertThat(alice.tryAcquire(4).usages().get(0).remaining()).isEqualTo(2);
        assertThat(limiter.tryAcquireNanos("alice", 2)).isZero();
        assertThat(alice.tryAcquireNanos(1)).isPositive();
        assertThatThrownBy(() -> alice.tryAcquire(0)).hasMessage("0 permits asked for; at least 1 is accepted");
        assertThatThrownBy(() -> alice.tryAcquireNanos(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void answersForOneKeyThroughAListener() {
        AtomicInteger heard = new AtomicInteger();
        KeyLimiter alice = builder()
                .listener((limiter, key, permits, decision) -> heard.incrementAndGet())
                .build()
                .forKey(Key.of("alice"));

        assertThat(alice.tryAcquireNanos(10)).isZero();
        assertThat(alice.tryAcquire(1).allowed()).isFalse();
        assertThat(heard).hasValue(2);
    }

    @Test
    void putsNothingBetweenTheCallerAndTheStoreUnlessAskedTo() {
        CallerNoting noting = new CallerNoting();
        RateLimiter plain = builder().store(noting).build();
        RateLimiter heard = builder()
                .store(noting)
                .listener((name, key, permits, decision) -> {})
                .build();

        plain.tryAcquire("key");
        assertThat(noting.caller).isEqualTo(RateLimiter.class);
        heard.tryAcquire("key");
        assertThat(noting.caller).isNotEqualTo(RateLimiter.class);
    }

    /** A store that gives everything and notes which class asked. Not for sharing between threads. */
    private static final class CallerNoting implements LimitStore, LimitSpace {
        private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

        private Class<?> caller = Object.class;

        @Override
        public LimitSpace open(Terms terms) {
            return this;
        }

        @Override
        public List<Limit> limits() {
            return List.of();
        }

        @Override
        public Decision tryAcquire(String key, int permits) {
            caller = STACK.getCallerClass();
            return new Decision.Allowed(List.of());
        }

        @Override
        public Decision tryAcquire(long keyHigh, long keyLow, int permits) {
            caller = STACK.getCallerClass();
            return new Decision.Allowed(List.of());
        }

        @Override
        public void close() {}
    }

    private RateLimiter.Builder builder() {
        return RateLimiter.builder()
                .name("login")
                .limits(Limit.of(10, Unit.MINUTE))
                .store(store);
    }
}
