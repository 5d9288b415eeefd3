package dev.headway.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.store.MemoryStore;
import dev.headway.server.throttle.Throttle;
import dev.headway.server.throttle.settings.LimitClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a policy file is read again, and what comes of it. */
class PolicyKeeperTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path directory;

    private final Throttle throttle =
            new Throttle(Policies.known().settings(), MemoryStore.builder().build(), Clock.fixed(NOON, ZoneOffset.UTC));
    private PolicyKeeper keeper;

    @BeforeEach
    void begin() {
        throttle.limit(LimitClass.EXECUTE, "POST /api/training/execute");
        keeper = new PolicyKeeper(file(), "limits.yaml", Policies.known(), throttle, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    @Test
    void readsAFileThatHasBeenLeftAloneForALook() throws IOException {
        write("rules: [{limits: 1/day}]", 60);
        keeper.look();
        assertThat(throttle.policy().rules()).isEmpty();

        keeper.look();
        assertThat(throttle.policy().rules()).hasSize(1);
    }

    @Test
    void doesNotReadAFileThatIsStillBeingWritten() throws IOException {
        for (int part = 1; part < 5; part++) {
            write("rules: [{limits: " + part + "/day}]", 60 - part);
            keeper.look();
        }

        assertThat(throttle.policy().rules()).isEmpty();
    }

    @Test
    void readsAFileAgainAsLongAsItsTimeMayHideAChange() throws IOException {
        write("rules: [{limits: 1/day}]", 1);
        keeper.look();
        keeper.look();
        write("rules: [{limits: 2/day}]", 1);
        keeper.look();

        assertThat(throttle.policy().rules().get(0).terms().quota()).hasToString("2/day");
    }

    @Test
    void keepsTheRulesOfBeforeWhenTheFileIsWrongOrGone() throws IOException {
        write("rules: [{limits: 1/day}]", 60);
        keeper.look();
        keeper.look();

        write("rules: [{limits: 0/day}, {shadow: 1}]", 50);
        keeper.look();
        keeper.look();
        assertThat(throttle.policy().rules().get(0).terms().quota()).hasToString("1/day");
        assertThat(throttle.status().policy().orElseThrow().faults()).isEqualTo(2);

        Files.delete(file());
        keeper.look();
        assertThat(throttle.policy().rules().get(0).terms().quota()).hasToString("1/day");
        assertThat(throttle.status().policy().orElseThrow().faults()).isEqualTo(1);

        write("rules: [{limits: 1/day}]", 40);
        keeper.look();
        keeper.look();
        assertThat(throttle.status().policy().orElseThrow().faults()).isZero();
    }

    @Test
    void refusesRulesThatTheStoreCannotKeep() throws IOException {
        write("rules:\n  - {class: read, limits: 1/day}\n  - {class: execute, limits: 70000/day}\n", 60);

        assertThat(keeper.reload())
                .isInstanceOfSatisfying(
                        Reload.Refused.class,
                        refused -> assertThat(refused.faults())
                                .singleElement()
                                .satisfies(fault -> assertThat(fault.toString())
                                        .startsWith("limits.yaml:3:5: ")
                                        .contains("65535")));
        assertThat(throttle.policy().rules()).isEmpty();
    }

    @Test
    void tellsWhatHasChanged() throws IOException {
        assertThat(changes("""
            rules:
              - {name: a, class: execute, limits: 1/day}
              - {class: read, limits: 2/day}
            """)).containsExactly("added: \"a\", 1/day", "added: class read, everybody, 2/day");
        assertThat(changes("""
            # a remark
            rules:
              - {name: a, class: execute, limits: 1/day}
              - {class: read, limits: 2/day}
            """)).isEmpty();
        assertThat(changes("""
            rules:
              - {class: read, limits: 2/day}
              - {name: a, class: execute, tier: pro, limits: 1/hour, weight: {per: 1KB}, busy: 1/day, docs: "https://a.b/",
                 message: No., algorithm: token-bucket, burst: 3, penalty: {refusals: 9/day, for: 1 day}, shadow: true}
              - {limits: none}
            """))
                .containsExactly(
                        "added: all endpoints, everybody, none",
                        "changed: \"a\": about was class execute, everybody, is class execute, tier pro; limits was"
                                + " 1/day, is 1/hour; algorithm was none, is token-bucket; burst was none, is 3; weight"
                                + " was 1, is 1 for each 1000 bytes begun; penalty was none, is 86400 s after 9/day"
                                + " refusals; busy was none, is 1/day; message was none, is No.; docs was none, is"
                                + " https://a.b/; shadow was false, is true",
                        "the order of the rules has changed");
        assertThat(changes("rules: []"))
                .containsExactly(
                        "removed: class read, everybody", "removed: \"a\"", "removed: all endpoints, everybody");
    }

    private List<String> changes(String yaml) throws IOException {
        write(yaml, 60);
        Reload reload = keeper.reload();
        assertThat(reload).isInstanceOf(Reload.Held.class);
        return ((Reload.Held) reload).changes();
    }

    private void write(String yaml, int secondsAgo) throws IOException {
        Files.writeString(file(), yaml);
        Files.setLastModifiedTime(file(), FileTime.from(NOON.minusSeconds(secondsAgo)));
    }

    private Path file() {
        return directory.resolve("limits.yaml");
    }
}
