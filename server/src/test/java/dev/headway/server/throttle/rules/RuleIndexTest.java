package dev.headway.server.throttle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.headway.server.caller.Caller;
import dev.headway.server.caller.Identity;
import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.caller.address.AddressRange;
import dev.headway.server.caller.address.ClientAddress;
import dev.headway.server.caller.address.NetworkSet;
import dev.headway.server.caller.client.Client;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleIndexTest {
    private static final List<String> NAMES = List.of("alice", "bob", "carol", "dave");
    private static final List<String> NETWORKS =
            List.of("10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "0.0.0.0/0", "2001:db8::/32", "::/0", "192.168.0.0/16");
    private static final List<String> ADDRESSES =
            List.of("10.1.2.3", "10.9.0.1", "192.168.7.7", "8.8.8.8", "2001:db8::1");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void findsTheFirstRuleThatALookAtOneAfterTheOtherFinds(long seed) {
        Random random = new Random(seed);
        for (int policy = 0; policy < 200; policy++) {
            List<RuleIndex.Entry<Integer>> entries = new ArrayList<>();
            for (int rule = 0; rule < 1 + random.nextInt(8); rule++) {
                entries.add(new RuleIndex.Entry<>(audience(random), rule));
            }
            RuleIndex<Integer> index = new RuleIndex<>(entries);
            for (int request = 0; request < 20; request++) {
                Caller caller = caller(random);
                assertThat(index.find(caller, -1))
                        .as("seed %d, %s in %s", seed, caller, entries)
                        .isEqualTo(first(entries, caller));
            }
        }
    }

    @Test
    void makesNoObjectToFindARule() {
        List<RuleIndex.Entry<Integer>> entries = new ArrayList<>();
        for (int rule = 0; rule < 50; rule++) {
            NetworkSet network = NetworkSet.of(List.of(AddressRange.parse("172." + rule + ".0.0/16")));
            entries.add(new RuleIndex.Entry<>(new Audience(Set.of(Tier.PRO), Set.of("alice"), network), rule));
            entries.add(new RuleIndex.Entry<>(new Audience(Set.of(), Set.of(), network), rule));
        }
        RuleIndex<Integer> index = new RuleIndex<>(entries);
        Caller user = caller(new User("alice", Optional.of(Tier.PRO)), "10.1.2.3");
        Caller anybody = caller(Identity.ANONYMOUS, "8.8.8.8");
        Integer nothing = -1;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertThat(threads.isThreadAllocatedMemoryEnabled()).isTrue();

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int request = 0; request < 10_000; request++) {
            index.find(user, nothing);
            index.find(anybody, nothing);
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    private static int first(List<RuleIndex.Entry<Integer>> entries, Caller caller) {
        return entries.stream()
                .filter(entry -> entry.audience().contains(caller))
                .map(RuleIndex.Entry::holding)
                .findFirst()
                .orElse(-1);
    }

    private static Audience audience(Random random) {
        Set<Tier> tiers = new HashSet<>();
        Set<String> users = new HashSet<>();
        List<AddressRange> networks = new ArrayList<>();
        for (int more = random.nextInt(3); more > 1; more--) {
            tiers.add(List.of(Tier.values()).get(random.nextInt(3)));
        }
        for (int more = random.nextInt(4); more > 1; more--) {
            users.add(NAMES.get(random.nextInt(3)));
        }
        for (int more = random.nextInt(random.nextBoolean() ? 3 : 20); more > 1; more--) {
            networks.add(AddressRange.parse(NETWORKS.get(random.nextInt(NETWORKS.size()))));
        }
        return new Audience(tiers, users, NetworkSet.of(networks));
    }

    private static Caller caller(Random random) {
        Optional<Tier> tier = random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of(List.of(Tier.values()).get(random.nextInt(3)));
        Identity identity =
                random.nextInt(4) == 0 ? Identity.ANONYMOUS : new User(NAMES.get(random.nextInt(NAMES.size())), tier);
        return caller(identity, ADDRESSES.get(random.nextInt(ADDRESSES.size())));
    }

    private static Caller caller(Identity identity, String text) {
        ClientAddress address = ClientAddress.find(text).orElseThrow();
        return new Caller(new Client(address, address), identity);
    }
}
