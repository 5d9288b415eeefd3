package dev.headway.trainer.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts short examples together into rows of at most a given length, in their order.
 *
 * <p>Attention is not cut between the examples of a row, so a later one can see those before it; every example still
 * begins with the begin token. That is the usual, cheap form of packing: fewer padded places, slightly blurred
 * examples. Stateless; threads may share it.
 */
final class Packing {
    private Packing() {}

    static List<Example> pack(List<Example> examples, int maxLength) {
        List<Example> rows = new ArrayList<>();
        Example.Builder row = new Example.Builder();
        for (Example example : examples) {
            if (row.length() > 0 && row.length() + example.length() > maxLength) {
                rows.add(row.build());
                row = new Example.Builder();
            }
            row.add(example);
        }
        if (row.length() > 0) rows.add(row.build());
        return rows;
    }
}
