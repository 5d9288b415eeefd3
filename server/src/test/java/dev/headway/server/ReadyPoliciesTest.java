package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Limit;
import dev.headway.limiter.store.MemoryStore;
import dev.headway.server.api.Endpoints;
import dev.headway.server.caller.Caller;
import dev.headway.server.caller.CountedBy;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.caller.keys.KeyRing;
import dev.headway.server.caller.keys.KnownUsers;
import dev.headway.server.policy.Known;
import dev.headway.server.policy.PolicyFile;
import dev.headway.server.throttle.Explanation;
import dev.headway.server.throttle.RateLimits;
import dev.headway.server.throttle.Throttle;
import dev.headway.server.throttle.rules.BodyLength;
import dev.headway.server.throttle.settings.RateLimitSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files in {@code deploy/limits}, read as a server reads them. */
class ReadyPoliciesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "public, POST /api/training/execute, 5/minute",
        "public, POST /api/training/cancel/{job_id}, 20/minute",
        "public, POST /api/filesystem/list, 40/minute",
        "internal, POST /api/training/execute, 20/minute",
        "internal, POST /api/training/validate, 60/minute",
        "internal, POST /api/filesystem/read, 120/minute",
        "internal, GET /api/training/queue, 600/minute"
    })
    void haveTheNumbersThatAreRecommended(String name, String endpoint, String limit) throws Exception {
        assertThat(explain(name, endpoint, Caller.LOCAL)
                        .counting()
                        .orElseThrow()
                        .limits())
                .containsExactly(Limit.parse(limit));
    }

    @Test
    void leavePayingUsersWhatTheyPayFor() throws Exception {
        Caller enterprise = new Caller(Caller.LOCAL.client(), new User("alice", Optional.of(Tier.ENTERPRISE)));

        for (String name : List.of("public", "internal")) {
            assertThat(explain(name, "POST /api/training/execute", enterprise)
                            .counting()
                            .orElseThrow()
                            .limits())
                    .as(name)
                    .containsExactly(Limit.parse("100/minute"));
        }
    }

    @Test
    void countNothingInDevelopment() throws Exception {
        for (String endpoint : Endpoints.limited().keySet()) {
            assertThat(explain("development", endpoint, Caller.LOCAL).counting())
                    .as(endpoint)
                    .isEmpty();
        }
    }

    @Test
    void areAsRightAsTheExampleInTheDocument() throws Exception {
        Matcher example = Pattern.compile("```yaml\\R(rules:.*?)```", Pattern.DOTALL)
                .matcher(RepositoryFile.read("docs/policy.md"));
        assertThat(example.find()).isTrue();
        Path file = Files.writeString(directory.resolve("example.yaml"), example.group(1));

        assertThat(PolicyFile.read(file, "example.yaml", known()).policy().rules())
                .hasSize(5);
    }

    private static Known known() {
        return new Known(
                Endpoints.limited(),
                RateLimits.with(RateLimits.countedBy(CountedBy.IP)),
                Optional.of(new KnownUsers(KeyRing.empty())));
    }

    private Explanation explain(String name, String endpoint, Caller caller) throws IOException {
        RateLimitSettings settings = RateLimits.with(RateLimits.countedBy(CountedBy.IP));
        Path file = Files.writeString(
                directory.resolve(name + ".yaml"), RepositoryFile.read("deploy/limits/" + name + ".yaml"));
        PolicyFile found = PolicyFile.read(file, name, known());
        assertThat(found.warnings()).isEmpty();
        Throttle throttle =
                new Throttle(settings, MemoryStore.builder().build(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        throttle.adopt(found.policy());
        Endpoints.limited().forEach((known, limitClass) -> throttle.limit(limitClass, known));
        return throttle.explain(endpoint, caller, BodyLength.NONE).orElseThrow();
    }
}
