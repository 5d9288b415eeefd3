package dev.headway.trainer.data;

import java.util.random.RandomGenerator;

/** Random orders (Fisher and Yates). Stateless; threads may share it. */
final class Shuffle {
    private Shuffle() {}

    /** Returns the numbers from 0 to below {@code size} in an order that the generator alone decides. */
    static int[] order(int size, RandomGenerator random) {
        int[] order = new int[size];
        for (int index = 0; index < size; index++) {
            int other = random.nextInt(index + 1);
            order[index] = order[other];
            order[other] = index;
        }
        return order;
    }
}
