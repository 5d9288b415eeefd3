package dev.headway.server.api.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.server.caller.CountedBy;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.caller.keys.KnownKeys;
import dev.headway.server.http.HttpProblem;
import dev.headway.server.throttle.RateLimits;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNamesTest {
    @ParameterizedTest
    @CsvSource({
        "IP,          10.0.0.7,                 10.0.0.7",
        "IP,          ::ffff:10.0.0.7,          10.0.0.7",
        "IP,          2001:db8:1:2:3::7,        2001:db8:1:2:0:0:0:0",
        "USER,        10.0.0.7,                 10.0.0.7",
        "USER,        user:alice,               user:alice",
        "USER,        user:gone,                user:gone",
        "USER,        user:alice@example.org,   user:alice@example.org",
        "USER_AND_IP, user:alice@198.51.100.1,  user:alice@198.51.100.1",
        "USER_AND_IP, user:a@b@2001:db8::1,     user:a@b@2001:db8:0:0:0:0:0:0",
        "USER_AND_IP, 198.51.100.1,             198.51.100.1",
    })
    void areThoseByWhichClientsAreCounted(CountedBy countedBy, String name, String counted) {
        assertThat(countedBy.nameOf(names(countedBy).require(name).caller())).isEqualTo(counted);
    }

    @ParameterizedTest
    @CsvSource({
        "IP,          nobody",
        "IP,          10.0.0.0/8",
        "IP,          user:alice",
        "USER,        user:",
        "USER,        user:a b",
        "USER_AND_IP, user:alice",
        "USER_AND_IP, user:alice@home",
    })
    void areNoOthers(CountedBy countedBy, String name) {
        HttpProblem problem =
                catchThrowableOfType(HttpProblem.class, () -> names(countedBy).require(name));

        assertThat(problem.response().status()).isEqualTo(400);
        assertThat(problem.response().body().text()).contains("is no client: ");
    }

    @Test
    void bringTheTierOfTheMoment() {
        assertThat(names(CountedBy.USER).require("user:alice").caller().user().flatMap(User::tier))
                .contains(Tier.PRO);
        assertThat(names(CountedBy.USER).require("user:gone").caller().user().flatMap(User::tier))
                .isEmpty();
    }

    private static ClientNames names(CountedBy countedBy) {
        return new ClientNames(RateLimits.countedBy(countedBy), Optional.of(KnownKeys.withTiers("alice", "pro")));
    }
}
