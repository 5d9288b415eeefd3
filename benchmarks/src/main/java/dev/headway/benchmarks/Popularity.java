package dev.headway.benchmarks;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** How often which key is asked for. Immutable. */
public enum Popularity {
    /** Every key as often as any other. */
    UNIFORM {
        @Override
        int[] draw(int keys, int count, Random random) {
            return random.ints(count, 0, keys).toArray();
        }
    },
    /** The n-th most popular key 1/n as often as the first: Zipf's law with exponent 1. */
    ZIPF {
        @Override
        int[] draw(int keys, int count, Random random) {
            double[] upTo = new double[keys];
            double sum = 0;
            for (int rank = 0; rank < keys; rank++) {
                sum += 1.0 / (rank + 1);
                upTo[rank] = sum;
            }
            double all = sum;
            int[] keyOfRank = shuffled(keys, random);
            return IntStream.generate(() -> keyOfRank[rankAt(upTo, random.nextDouble() * all)])
                    .limit(count)
                    .toArray();
        }
    };

    /** Draws so many requests, each for a key counted from 0. */
    abstract int[] draw(int keys, int count, Random random);

    private static int rankAt(double[] upTo, double point) {
        int found = Arrays.binarySearch(upTo, point);
        return Math.min(found >= 0 ? found : -found - 1, upTo.length - 1);
    }

    /** Popular keys must not be neighbours in memory. */
    private static int[] shuffled(int keys, Random random) {
        int[] order = IntStream.range(0, keys).toArray();
        for (int last = keys - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int moved = order[last];
            order[last] = order[other];
            order[other] = moved;
        }
        return order;
    }
}
