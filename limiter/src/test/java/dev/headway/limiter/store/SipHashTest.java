package dev.headway.limiter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.limiter.Key;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Claims about the hash, by the published vectors: the key is the bytes 00 to 0f, the message the bytes 00, 01, 02 and so on.
 * Threads do not share it.
 */
class SipHashTest {
    private static final long KEY0 = 0x0706050403020100L;
    private static final long KEY1 = 0x0f0e0d0c0b0a0908L;

    private final SipHash cautious = new SipHash(KEY0, KEY1, 2, 4);
    private final SipHash usual = new SipHash(KEY0, KEY1);

    /** From the reference implementation's list for SipHash-2-4-128. */
    @ParameterizedTest
    @CsvSource({
        "0, a3817f04ba25a8e66df67214c7550293",
        "2, 8177228da4a45dc7fca38bdef60affe4",
        "4, f88164c12d9c8faf7d0f6e7c7bcd5579",
        "6, 14eeca338b208613485ea0308fd7a15e",
        "8, 3b62a9ba6258f5610f83e264f31497b4",
        "14, 31fcefac66d7de9c7ec7485fe4494902",
        "16, 6ee2a4ca67b054bbfd3315bf85230577",
        "24, 2db479ae78bd50d8882a8a178a6132ad",
        "62, 5853542321f567a005d547a4f04759bd"
    })
    void givesTheVectorsOfTheReference(int bytes, String expected) {
        assertThat(hex(identity(use -> cautious.hashBytes(bytes(bytes), 0, use))))
                .isEqualTo(expected);
        assertThat(hex(identity(use -> cautious.hashUnits(units(bytes), 0, use))))
                .isEqualTo(expected);
    }

    @Test
    void hashesNumbersAsTheirSixteenBytes() {
        assertThat(identity(use -> usual.hash(KEY0, KEY1, 0, use)))
                .isEqualTo(identity(use -> usual.hashBytes(bytes(16), 0, use)));
        assertThat(hex(identity(use -> cautious.hash(KEY0, KEY1, 0, use))))
                .isEqualTo("6ee2a4ca67b054bbfd3315bf85230577");
    }

    @Test
    void dependsOnBothHalvesOfItsKey() {
        assertThat(identity(use -> new SipHash(1, 2).hash(5, 6, 0, use)))
                .isNotEqualTo(identity(use -> new SipHash(1, 3).hash(5, 6, 0, use)));
        assertThat(identity(use -> new SipHash(1, 2).hashBytes("a", 0, use)))
                .isNotEqualTo(identity(use -> new SipHash(0, 2).hashBytes("a", 0, use)));
    }

    /** A number, a text of bytes and another text that are the same byte by byte. */
    @Test
    void keepsApartWhatIsTheSameByteByByte() {
        KeyHash hashing = KeyHash.random();

        assertThat(Set.of(
                        hashing.of(Key.of(KEY0, KEY1)),
                        hashing.of(Key.of(bytes(16))),
                        hashing.of(Key.of(units(16))),
                        hashing.of(Key.of(KEY1, KEY0))))
                .hasSize(4);
    }

    /** A character beyond a byte anywhere makes another text of it, though the low bytes are the same, or what they spill over makes them so. */
    @Test
    void tellsTextsApartThatDifferBeyondTheirBytes() {
        KeyHash hashing = KeyHash.random();

        assertThat(Set.of(
                        hashing.of(Key.of("ab")),
                        hashing.of(Key.of("\u0161b")),
                        hashing.of(Key.of("\u0161c")),
                        hashing.of(Key.of("ac")),
                        hashing.of(Key.of("a\u0162")),
                        hashing.of(Key.of("a\u00ff")),
                        hashing.of(Key.of("a\u01ff"))))
                .hasSize(7);
    }

    @Test
    void handsBackWhatTheUseOfTheHashReturns() {
        assertThat(usual.hash(KEY0, KEY1, 3, (high, low, permits) -> 10 + permits))
                .isEqualTo(13);
        assertThat(usual.hashBytes("a", 4, (high, low, permits) -> 10 + permits))
                .isEqualTo(14);
        assertThat(usual.hashUnits("\u0161", 5, (high, low, permits) -> 10 + permits))
                .isEqualTo(15);
    }

    private static Identity identity(ToLongFunction<Identity.Use> hash) {
        Identity.Keeper keeper = new Identity.Keeper();
        assertThat(hash.applyAsLong(keeper)).isZero();
        return keeper.identity();
    }

    private static String bytes(int count) {
        return IntStream.range(0, count).mapToObj(i -> String.valueOf((char) i)).collect(Collectors.joining());
    }

    private static String units(int bytes) {
        return IntStream.range(0, bytes / 2)
                .mapToObj(i -> String.valueOf((char) (((2 * i + 1) << 8) | (2 * i))))
                .collect(Collectors.joining());
    }

    private static String hex(Identity identity) {
        return hex(identity.low()) + hex(identity.high());
    }

    private static String hex(long littleEndian) {
        return HexFormat.of().toHexDigits(Long.reverseBytes(littleEndian));
    }
}
