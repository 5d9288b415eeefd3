package dev.headway.benchmarks;

import java.util.stream.IntStream;

/** Keys as a server has them: the texts of IPv4 addresses. */
final class Addresses {

    private Addresses() {}

    static String[] texts(int count) {
        return IntStream.range(0, count).mapToObj(Addresses::text).toArray(String[]::new);
    }

    private static String text(int number) {
        return "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }
}
