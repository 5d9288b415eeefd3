package dev.headway.benchmarks.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims about what is sent by and read from the program redis-benchmark. */
final class RedisBenchmarkTest {

    @Test
    void readsTheRateThatIsPrintedLast() {
        assertThat(RedisBenchmark.lastRate(
                        "EVALSHA x: rps=100.0\rEVALSHA x: 98765.43 requests per second, p50=0.1 msec\n"))
                .isEqualTo(98_765.43);
    }

    @Test
    void saysWhatWasPrintedInsteadOfARate() {
        assertThatThrownBy(() -> RedisBenchmark.lastRate("Could not connect\n"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("redis-benchmark told no rate: Could not connect");
    }

    @Test
    void takesACommandFromWhatRedisSaysThatItReceived() {
        SeenCommand command = SeenCommand.parse(
                "+1732447.123 [0 127.0.0.1:4711] \"evalsha\" \"f51e\" \"1\" \"hw1.2{me}b\" \"\" \"a \\\"b\\\"\"");

        assertThat(command.words()).containsExactly("evalsha", "f51e", "1", "hw1.2{me}b", "", "a \"b\"");
        assertThat(command.with("{me}", "{__rand_int__}").words().get(3)).isEqualTo("hw1.2{__rand_int__}b");
    }

    @Test
    void refusesACommandThatNoProgramCanBeGiven() {
        assertThatThrownBy(() -> SeenCommand.parse("+1 [0 a:1] \"set\" \"\\x00\""))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void seesWhatTheStoreSends() {
        try (OwnRedis redis = OwnRedis.start();
                HeadwayAsker asker = new HeadwayAsker(redis.uri(), Workload.ADMIT)) {
            List<String> words = SeenCommand.during(redis.port(), "evalsha", () -> asker.decide("somebody"))
                    .words();

            assertThat(words.get(3)).contains("somebody");
            assertThat(words).contains("10");
        }
    }
}
