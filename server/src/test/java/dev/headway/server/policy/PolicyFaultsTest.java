package dev.headway.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can be wrong with a policy file, with the place and the words for it. */
class PolicyFaultsTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void tellsWhatIsWrongAndWhere(String what, String yaml, String expected) {
        InvalidPolicy invalid =
                catchThrowableOfType(InvalidPolicy.class, () -> PolicyFile.parse("p.yaml", yaml, Policies.known()));

        assertThat(invalid).as("%s is refused", what).isNotNull();
        assertThat(invalid.getMessage()).isEqualTo(expected.strip());
    }

    static List<Arguments> faults() {
        return List.of(
                fault("an empty file", "", """
                    p.yaml:1:1: it is empty; accepted is "rules:" with a list of rules\
                    """),
                fault("a file of remarks", "# nothing\n", """
                    p.yaml:1:1: it is empty; accepted is "rules:" with a list of rules\
                    """),
                fault("a text", "all is well", """
                    p.yaml:1:1: "all is well"; accepted is a policy with rules\
                    """),
                fault("another key", "limits: 10/minute\n", """
                    p.yaml:1:1: "limits" is nothing that a policy has; accepted are rules
                    p.yaml:1:1: no "rules"; accepted is a list of them, which may be empty: rules: []\
                    """),
                fault("rules that are no list", "rules:\n  limits: 10/minute\n", """
                    p.yaml:2:3: a mapping; accepted is a list of rules, which may be empty: rules: []\
                    """),
                fault("rules of nothing", "rules:\n", """
                    p.yaml:1:7: ""; accepted is a list of rules, which may be empty: rules: []\
                    """),
                fault("a rule that is none", "rules: [often]", """
                    p.yaml:1:9: "often"; accepted is a rule with name, class, endpoint, tier, user, network, limits,\
                     algorithm, burst, weight, penalty, busy, message, docs, shadow\
                    """),
                fault("no YAML", "rules:\n  - limits: [10/minute\n", """
                    p.yaml:3:1: no YAML: expected ',' or ']', but got <stream end>\
                    """),
                fault("a tab", "rules:\n\t- limits: none\n", """
                    p.yaml:2:1: no YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)\
                    """),
                fault("a control character", "rules:\n  \u0007", """
                    p.yaml:2:3: the character U+0007; accepted are printable ones\
                    """),
                fault("a second document", "rules: []\n---\nrules: []\n", """
                    p.yaml:2:1: a second document begins; accepted is one\
                    """),
                fault("an unknown key with a near one", "rules:\n  - limit: 10/minute\n    class: read\n", """
                    p.yaml:2:5: "limit" is nothing that a rule has; accepted are name, class, endpoint, tier, user, network,\
                     limits, algorithm, burst, weight, penalty, busy, message, docs, shadow; do you mean "limits"?\
                    """),
                fault("a rule that only says about whom", "rules:\n  - tier: pro\n", """
                    p.yaml:2:5: a rule that changes nothing; accepted is one with limits, or another thing that holds\
                    """),
                fault("a key that comes twice", "rules:\n  - limits: none\n    limits: 1/day\n", """
                    p.yaml:3:5: "limits" a second time; the first is at p.yaml:2:5\
                    """),
                fault("a limit of 0", "rules:\n  - limits: 0/minute\n", """
                    p.yaml:2:13: limit "0/minute": the number is zero at column 1; a whole number from 1 to 2147483647 is accepted\
                    """),
                fault(
                        "a limit that is wrong further on, in quotes",
                        "rules:\n  - limits: '10/hour; 5/fortnite'\n",
                        """
                        p.yaml:2:25: limit "10/hour; 5/fortnite": unknown unit "fortnite" at column 12;\
                         try second, minute, hour, day, month, year\
                        """),
                fault(
                        "the second of several limits",
                        "rules:\n  - limits:\n      - 10/hour\n      - ten/minute\n",
                        """
                        p.yaml:4:9: limit "ten/minute": no number at column 1; write it like 10/minute, 10 per minute or 2/5 second\
                        """),
                fault("no limits", "rules:\n  - limits:\n", """
                    p.yaml:2:12: limit "": a limit is empty at column 1; write it like 10/minute, 10 per minute or 2/5 second\
                    """),
                fault("too many limits", "rules:\n  - limits: " + "1/day;".repeat(16) + "1/day", """
                    p.yaml:2:13: 17 limits; accepted are 16 at most\
                    """),
                fault("an empty list", "rules:\n  - limits: []\n", """
                    p.yaml:2:13: an empty list; accepted is limits such as 10/minute;100/hour, none or usual, or a list of these\
                    """),
                fault("a network that is none", "rules:\n  - network: 10.0.0.0/33\n    limits: none\n", """
                    p.yaml:2:14: "10.0.0.0/33": has no prefix length from 0 to 32; accepted are blocks such as 10.0.0.0/8\
                     and 2001:db8::/32, or one address\
                    """),
                fault("a class that is none", "rules:\n  - class: exekute\n    limits: none\n", """
                    p.yaml:2:12: "exekute": no class; accepted are download, execute, filesystem, general, read;\
                     do you mean "execute"?\
                    """),
                fault(
                        "an endpoint that is none",
                        "rules:\n  - endpoint: [POST /api/training/excute]\n    limits: none\n",
                        """
                        p.yaml:2:16: "POST /api/training/excute": no endpoint that is limited; accepted are verb and template,\
                         such as POST /api/training/execute; do you mean "POST /api/training/execute"?\
                        """),
                fault("a class and an endpoint", """
                    rules:
                      - class: read
                        endpoint: GET /api/training/queue
                        limits: none
                    """, """
                    p.yaml:3:5: an endpoint beside a class; accepted is one of the two\
                    """),
                fault("a tier that is none", "rules:\n  - tier: gold\n    limits: none\n", """
                    p.yaml:2:11: "gold": no tier; accepted are free, pro and enterprise\
                    """),
                fault("a user whose name is none", "rules:\n  - user: [alice, b b]\n    limits: none\n", """
                    p.yaml:2:19: "b b": is no name for a user; accepted are 1 to 64 letters, digits, dots, hyphens,\
                     underscores and at signs, the first a letter or digit\
                    """),
                fault("a name that is none", "rules:\n  - name: a b\n    limits: none\n", """
                    p.yaml:2:11: "a b": accepted are 1 to 64 letters, digits, dots, hyphens and underscores, the first a\
                     letter or digit\
                    """),
                fault("an algorithm that is none", "rules:\n  - algorithm: leaky\n", """
                    p.yaml:2:16: "leaky": unknown algorithm "leaky"; try sliding-window, sliding-window-counter,\
                     fixed-window, token-bucket, pacing (or moving-window)\
                    """),
                fault("a burst of a window", "rules:\n  - limits: 1/minute\n    burst: 3\n", """
                    p.yaml:3:5: a burst, which sliding-window has not; accepted is one with algorithm: token-bucket\
                    """),
                fault("a burst of 0", "rules:\n  - algorithm: token-bucket\n    burst: 0\n", """
                    p.yaml:3:12: "0": accepted are whole numbers from 1 to 100000000\
                    """),
                fault("a weight of 0", "rules:\n  - weight: 0\n", """
                    p.yaml:2:13: "0": accepted are whole numbers from 1 to 100000000\
                    """),
                fault("a weight by nothing", "rules:\n  - weight: {each: 2}\n", """
                    p.yaml:2:13: a weight without per; accepted is, for example, {per: 1MB}\
                    """),
                fault("a weight by something else", "rules:\n  - weight: {per: 1 meter}\n", """
                    p.yaml:2:19: "1 meter": accepted is a number of bytes such as 1MB or 512KiB, with B, KB, MB, GB, KiB,\
                     MiB or GiB\
                    """),
                fault("a weight with a low bound", "rules:\n  - weight: {per: 1MB, each: 3, most: 2}\n", """
                    p.yaml:2:13: most is 2 and each is 3; accepted is a most that is no less\
                    """),
                fault("a penalty without an end", "rules:\n  - penalty: {refusals: 20/minute}\n", """
                    p.yaml:2:14: a penalty has both refusals and for; accepted is, for example, {refusals: 20/minute,\
                     for: 10 minutes}\
                    """),
                fault("a penalty for some time", "rules:\n  - penalty: {refusals: 20/minute, for: a while}\n", """
                    p.yaml:2:41: "a while": accepted is a time such as 30 seconds, 10 minutes or 1 hour\
                    """),
                fault("a message with another place", "rules:\n  - message: Wait {wait}\n", """
                    p.yaml:2:14: "Wait {wait}": "{wait}" at column 6 is no place for a fact; accepted are {limit},\
                     {retry_after} and {endpoint}\
                    """),
                fault("a page that is none", "rules:\n  - docs: ask Bob\n", """
                    p.yaml:2:11: "ask Bob": accepted is an http or https URL\
                    """),
                fault("a shadow that may be", "rules:\n  - limits: 1/day\n    shadow: perhaps\n", """
                    p.yaml:3:13: "perhaps": accepted are true and false\
                    """),
                fault(
                        "terms of what is not counted",
                        "rules:\n  - limits: none\n    weight: 2\n    shadow: true\n",
                        """
                        p.yaml:3:5: "weight" beside limits of none, by which nothing is counted
                        p.yaml:4:5: "shadow" beside limits of none, by which nothing is counted\
                        """),
                fault("the same rule again", """
                    rules:
                      - {class: read, limits: 10/minute}
                      - {class: read, limits: 20/minute}
                    """, """
                    p.yaml:3:5: a rule that never holds: whatever it matches (class read, everybody) is matched first by the\
                     rule at p.yaml:2:5; accepted are the narrower rule first, or one of the two\
                    """),
                fault("a narrower rule below a wider one", """
                    rules:
                      - {class: execute, network: 10.0.0.0/8, limits: 10/minute}
                      - {endpoint: POST /api/training/execute, tier: pro, network: 10.7.0.0/16, limits: 20/minute}
                    """, """
                    p.yaml:3:5: a rule that never holds: whatever it matches (POST /api/training/execute, tier pro, network\
                     10.7.0.0/16) is matched first by the rule at p.yaml:2:5; accepted are the narrower rule first, or one of\
                     the two\
                    """),
                fault("two rules of one name", """
                    rules:
                      - {name: a, class: read, limits: 10/minute}
                      - {name: a, class: execute, limits: 20/minute}
                    """, """
                    p.yaml:3:5: a second rule named "a"; the first is at p.yaml:2:5\
                    """),
                fault("several at once, in the order of the file", """
                    rules:
                      - limits: 10/minite
                        burst: many
                      - clas: read
                        limits: none
                    """, """
                    p.yaml:2:16: limit "10/minite": unknown unit "minite" at column 4; try second, minute, hour, day, month,\
                     year
                    p.yaml:3:12: "many": accepted are whole numbers from 1 to 100000000
                    p.yaml:4:5: "clas" is nothing that a rule has; accepted are name, class, endpoint, tier, user, network,\
                     limits, algorithm, burst, weight, penalty, busy, message, docs, shadow; do you mean "class"?\
                    """),
                fault("an alias", "rules:\n  - &a {limits: none}\n  - *a\n", """
                    p.yaml:3:5: an alias; none are accepted, so write out what it stands for\
                    """),
                fault("a tag", "rules: !!javax.script.ScriptEngineManager []\n", """
                    p.yaml:1:8: the tag tag:yaml.org,2002:javax.script.ScriptEngineManager; none are accepted\
                    """),
                fault("a key that is a list", "rules:\n  - ? [a]\n    : b\n", """
                    p.yaml:2:7: a key that is no word; accepted are keys such as limits\
                    """));
    }

    private static Arguments fault(String what, String yaml, String expected) {
        return Arguments.of(what, yaml, expected);
    }

    @Test
    @Timeout(20)
    void isNotBlownUpByAliasesThatDoubleEachTime() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int level = 1; level < 64; level++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(level, level, level - 1, level - 1));
        }

        assertThat(refusal(bomb.toString()))
                .hasMessage("p.yaml:2:10: an alias; none are accepted, so write out what it stands for");
    }

    @Test
    @Timeout(20)
    void isNotBrokenByNesting() {
        assertThat(refusal("rules: " + "[".repeat(500_000)))
                .hasMessageStartingWith("p.yaml:1:23: nested deeper than 16");
        assertThat(refusal("rules: " + "{a: ".repeat(200_000))).hasMessageContaining("nested deeper than 16");
        assertThat(refusal("- ".repeat(400_000) + "a")).hasMessageContaining("nested deeper than 16");
    }

    @Test
    @Timeout(20)
    void isNotHeldUpByManyRules() {
        assertThat(refusal("rules: [" + "a,".repeat(200_000) + "]"))
                .hasMessage("p.yaml:1:8: 200000 rules; accepted are 1000 at most");
    }

    private static InvalidPolicy refusal(String yaml) {
        InvalidPolicy refusal =
                catchThrowableOfType(InvalidPolicy.class, () -> PolicyFile.parse("p.yaml", yaml, Policies.known()));
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
