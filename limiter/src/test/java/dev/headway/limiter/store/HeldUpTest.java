package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Decision;
import dev.headway.limiter.Key;
import dev.headway.limiter.Limit;
import dev.headway.limiter.LimitSpace;
import dev.headway.limiter.SpaceClaim;
import dev.headway.limiter.Terms;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims about threads that are held up between their look at the clock and the lock, while others go past. Threads do not share it. */
class HeldUpTest {
    private static final Key KEY = Key.of("key");

    private final Deque<Long> looks = new ArrayDeque<>();
    private long nanos;
    private final LimitSpace space = MemoryStore.builder()
            .ticker(this::look)
            .build()
            .open(new Terms("one", Algorithm.SLIDING_WINDOW, Limit.parseAll("1/minute")));

    /** Returns the times that are to be seen, one after the other, and then the last of them. */
    private long look() {
        nanos = looks.isEmpty() ? nanos : looks.removeFirst();
        return nanos;
    }

    private void seeSeconds(int... seconds) {
        for (int second : seconds) {
            looks.add(Duration.ofSeconds(second).toNanos());
        }
    }

    @Test
    void decideByTheTimeAtWhichTheyGoOn() {
        seeSeconds(100);
        space.tryAcquire("key", 1);

        seeSeconds(50, 160);

        assertThat(space.tryAcquire("key", 1).allowed()).isTrue();
    }

    @Test
    void decideByTheTimeAtWhichTheyGoOnWithPrimitiveAnswersToo() {
        seeSeconds(100);
        space.tryAcquire("key", 1);

        seeSeconds(50, 130);

        assertThat(space.tryAcquireNanos("key", 1))
                .isEqualTo(Duration.ofSeconds(30).toNanos());
    }

    /** The clock may have run back for good: then it is the time, and the key waits the longer. */
    @Test
    void askButOnceForABetterTime() {
        seeSeconds(100);
        space.tryAcquire("key", 1);

        seeSeconds(50);

        assertThat(space.tryAcquireNanos("key", 1))
                .isEqualTo(Duration.ofSeconds(110).toNanos());
    }

    @Test
    void areToldTheirWaitBehindALineByTheTimeAtWhichTheyGoOn() {
        space.tryAcquire("key", 1);
        space.reserve(KEY, 1, Duration.ofMinutes(1).toNanos());

        seeSeconds(10, 10, 10, 70);

        assertThat(space.tryAcquireNanos("key", 1))
                .isEqualTo(Duration.ofSeconds(50).toNanos());
        assertThat(looks).isEmpty();
    }

    @Test
    void decideOfSeveralKeysByTheTimeAtWhichTheyGoOn() {
        seeSeconds(100);
        space.tryAcquire("key", 1);

        seeSeconds(50, 160);

        assertThat(space.tryAcquireAll(claims())).allMatch(Decision::allowed);
    }

    @Test
    void areToldOfSeveralKeysTheirWaitBehindALineByTheTimeAtWhichTheyGoOn() {
        space.tryAcquire("key", 1);
        space.reserve(KEY, 1, Duration.ofMinutes(1).toNanos());

        seeSeconds(10, 70);

        assertThat(((Decision.Refused) space.tryAcquireAll(claims()).get(0)).retryAfter())
                .isEqualTo(Duration.ofSeconds(50));
        assertThat(space.tryAcquire("other", 1).allowed()).as("not taken").isTrue();
    }

    private List<SpaceClaim> claims() {
        return List.of(new SpaceClaim(space, KEY, 1, false), new SpaceClaim(space, Key.of("other"), 1, false));
    }

    @Test
    void areGivenAPlaceByTheTimeAtWhichItIsGiven() {
        space.tryAcquire("key", 1);

        seeSeconds(10, 30);

        Decision.Allowed reserved =
                (Decision.Allowed) space.reserve(KEY, 1, Duration.ofMinutes(1).toNanos());
        assertThat(reserved.waitTime()).isEqualTo(Duration.ofSeconds(30));
    }
}
