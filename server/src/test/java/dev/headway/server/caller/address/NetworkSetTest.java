package dev.headway.server.caller.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetworkSetTest {
    @Test
    void findsInManyNetworksWhatOneOfThemContains() {
        Random random = new Random(20_261_124);
        List<AddressRange> ranges = new ArrayList<>();
        for (int index = 0; index < 300; index++) {
            int bits = 90 + random.nextInt(39);
            ranges.add(new AddressRange(address(random).prefix(bits), bits));
        }
        NetworkSet set = NetworkSet.of(ranges);

        for (int question = 0; question < 3_000; question++) {
            ClientAddress address = address(random);
            boolean contained = ranges.stream().anyMatch(range -> range.contains(address));

            assertThat(set.contains(address)).isEqualTo(contained);
        }
    }

    /** Returns one of few addresses, so that some are in a network. */
    private static ClientAddress address(Random random) {
        return ClientAddress.ofIpv4(random.nextInt(64) << 26 | random.nextInt(4) << 8 | random.nextInt(8));
    }
}
