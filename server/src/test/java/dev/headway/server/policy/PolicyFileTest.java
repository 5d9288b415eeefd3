package dev.headway.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headway.limiter.Algorithm;
import dev.headway.limiter.Limit;
import dev.headway.limiter.Penalty;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.address.AddressRange;
import dev.headway.server.caller.address.NetworkSet;
import dev.headway.server.throttle.answer.Message;
import dev.headway.server.throttle.rules.Audience;
import dev.headway.server.throttle.rules.Place;
import dev.headway.server.throttle.rules.Quota;
import dev.headway.server.throttle.rules.Rule;
import dev.headway.server.throttle.rules.RuleTerms;
import dev.headway.server.throttle.rules.Scope;
import dev.headway.server.throttle.rules.Weight;
import dev.headway.server.throttle.settings.LimitClass;
import dev.headway.server.throttle.settings.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a policy file that is right says. */
class PolicyFileTest {
    @TempDir
    Path directory;

    @Test
    void readsEverythingThatARuleCanSay() {
        Rule rule = onlyRule("""
            rules:
              - name: batch-team
                endpoint: [POST   /api/training/execute, "POST /api/training/cancel/{job_id}"]
                tier: [pro, enterprise]
                user: alice
                network: [10.0.0.0/8, "2001:db8::/32"]
                limits: [100/hour, 10 per minute]
                algorithm: token-bucket
                burst: 20
                weight: {each: 2, per: 1.5MB, most: 8}
                penalty: {refusals: 20/minute, for: 10 minutes}
                busy: 5/minute
                message: No more than {limit}.
                docs: https://example.com/limits
                shadow: true
            """);

        assertThat(rule)
                .isEqualTo(new Rule(
                        new Place("p.yaml", 2, 5),
                        Optional.of("batch-team"),
                        new Scope(Set.of(), Set.of("POST /api/training/execute", "POST /api/training/cancel/{job_id}")),
                        new Audience(
                                Set.of(Tier.PRO, Tier.ENTERPRISE),
                                Set.of("alice"),
                                NetworkSet.of(List.of(
                                        AddressRange.parse("10.0.0.0/8"), AddressRange.parse("2001:db8::/32")))),
                        new RuleTerms(
                                new Quota.Of(new Rate("100/hour;10 per minute", Limit.parseAll("100/hour;10/minute"))),
                                Optional.of(Algorithm.TOKEN_BUCKET),
                                OptionalInt.of(20),
                                new Weight(2, 1_500_000, 8),
                                Optional.of(new Penalty(Limit.parse("20/minute"), Duration.ofMinutes(10))),
                                Optional.of(Rate.parse("5/minute")),
                                Optional.of(Message.parse("No more than {limit}.")),
                                Optional.of("https://example.com/limits")),
                        true));
    }

    @Test
    void readsARuleForAllOfAClass() {
        assertThat(onlyRule("rules:\n  - class: execute\n    limits: 5/minute; 50/day\n"))
                .isEqualTo(new Rule(
                        new Place("p.yaml", 2, 5),
                        Optional.empty(),
                        new Scope(Set.of(LimitClass.EXECUTE), Set.of()),
                        Audience.EVERYBODY,
                        RuleTerms.of(new Quota.Of(Rate.parse("5/minute; 50/day"))),
                        false));
    }

    @Test
    void readsThatNothingIsCounted() {
        Rule rule = onlyRule("rules: [{limits: none}]");

        assertThat(rule.terms().quota()).isEqualTo(Quota.UNLIMITED);
        assertThat(rule.scope()).isEqualTo(Scope.EVERYTHING);
    }

    @Test
    void keepsTheUsualLimitsWhereARuleNamesNone() {
        assertThat(onlyRule("rules: [{class: execute, weight: 3}]").terms().quota())
                .isEqualTo(Quota.USUAL);
    }

    @Test
    void keepsTheUsualLimitsWhereARuleSaysSo() {
        assertThat(onlyRule("rules: [{tier: pro, limits: usual}]").terms().quota())
                .isEqualTo(Quota.USUAL);
    }

    @Test
    void mayHaveNoRules() {
        assertThat(read("rules: []").policy().rules()).isEmpty();
    }

    @Test
    void letsRulesStandThatTakeNotAllOfWhatIsBelow() {
        assertThat(read("""
            rules:
              - {network: 10.0.0.0/8, limits: 1/day}
              - {user: alice, limits: 2/day}
              - {tier: pro, network: 10.0.0.0/7, limits: 3/day}
              - {class: read, tier: [pro, free], limits: 4/day}
              - {tier: pro, limits: 5/day}
              - {limits: 6/day}
            """).policy().rules()).hasSize(6);
    }

    @Test
    void letsARuleThatIsTriedStandBesideTheOneThatHolds() {
        assertThat(read("rules: [{limits: 10/minute}, {limits: 5/minute, shadow: true}]")
                        .policy()
                        .rules())
                .hasSize(2);
    }

    @Test
    void warnsOfUsersWhoHaveNoKey() {
        String yaml = "rules:\n  - {user: [alice, bob], limits: none}\n  - {tier: pro, limits: 1/day}\n";

        assertThat(PolicyFile.parse("p.yaml", yaml, Policies.known("alice")).warnings())
                .hasToString("[p.yaml:2:5: a rule about \"bob\", who has no key]");
        assertThat(PolicyFile.parse("p.yaml", yaml, Policies.withoutKeys()).warnings())
                .hasToString("[p.yaml:2:5: a rule about users, but there are none: API_KEYS_FILE is not set,"
                        + " p.yaml:3:5: a rule about users, but there are none: API_KEYS_FILE is not set]");
    }

    @Test
    void readsAFileAndNamesItInFaults() throws IOException {
        Path file = Files.writeString(directory.resolve("limits.yaml"), "rules: [{limits: 0/day}]");

        assertThat(refusal(file).getMessage()).startsWith(file + ":1:18: limit \"0/day\": ");
        Files.writeString(file, "rules: [{limits: 1/day}]");
        assertThat(PolicyFile.read(file, file.toString(), Policies.known())
                        .policy()
                        .rules())
                .hasSize(1);
    }

    @Test
    void refusesAFileOfTenMegabytes() throws IOException {
        Path file = Files.write(directory.resolve("big.yaml"), new byte[10_000_000]);

        assertThat(refusal(file)).hasMessage(file + ":1:1: it has 10000000 bytes; accepted are 1048576 at most");
    }

    @Test
    void refusesWhatCannotBeRead() throws IOException {
        Path missing = directory.resolve("missing.yaml");
        Path binary = Files.write(directory.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThat(refusal(missing)).hasMessage(missing + ":1:1: there is no such file");
        assertThat(refusal(binary)).hasMessage(binary + ":1:1: it is not UTF-8");
        assertThat(refusal(directory)).hasMessageStartingWith(directory + ":1:1: it cannot be read: ");
    }

    private static InvalidPolicy refusal(Path file) {
        InvalidPolicy refusal = catchThrowableOfType(
                InvalidPolicy.class, () -> PolicyFile.read(file, file.toString(), Policies.known()));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static Rule onlyRule(String yaml) {
        List<Rule> rules = read(yaml).policy().rules();
        assertThat(rules).hasSize(1);
        return rules.get(0);
    }

    private static PolicyFile read(String yaml) {
        return PolicyFile.parse("p.yaml", yaml, Policies.known("alice"));
    }
}
