package dev.headway.trainer.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * What was chosen, held against what would have been right; a value, any thread may hold it.
 *
 * <p>Precision, recall and F1 are first taken for each label by itself, and then averaged over the labels, each counting
 * the same however rare it is ("macro"). The labels are those that are right somewhere or were chosen somewhere. With
 * the counts of a label (chosen rightly, chosen wrongly, missed):
 *
 * <pre>
 * precision = rightly / (rightly + wrongly)    recall = rightly / (rightly + missed)
 * F1        = 2 · rightly / (2 · rightly + wrongly + missed)
 * </pre>
 *
 * <p>A fraction with nothing below the line counts as 0, and so does every metric of no answers at all. Of the right
 * labels a, a, b and the chosen ones a, b, b, label a has precision 1, recall 1/2, F1 2/3, and label b 1/2, 1, 2/3: the
 * macro precision is 3/4.
 *
 * @param right the right labels, one per question
 * @param chosen the chosen ones, in the same order
 */
record Choices(List<String> right, List<String> chosen) {
    /** What became of one label; counts. */
    private record Count(int rightly, int wrongly, int missed) {
        double precision() {
            return ratio(rightly, rightly + wrongly);
        }

        double recall() {
            return ratio(rightly, rightly + missed);
        }

        double f1() {
            return ratio(2 * rightly, 2 * rightly + wrongly + missed);
        }
    }

    Choices {
        right = List.copyOf(right);
        chosen = List.copyOf(chosen);
        if (right.size() != chosen.size())
            throw new IllegalArgumentException(chosen.size() + " labels chosen for " + right.size() + " questions");
    }

    double accuracy() {
        int rightly = 0;
        for (int at = 0; at < right.size(); at++) rightly += right.get(at).equals(chosen.get(at)) ? 1 : 0;
        return ratio(rightly, right.size());
    }

    double precision() {
        return mean(Count::precision);
    }

    double recall() {
        return mean(Count::recall);
    }

    double f1() {
        return mean(Count::f1);
    }

    private double mean(ToDoubleFunction<Count> metric) {
        return counts().stream().mapToDouble(metric).average().orElse(0);
    }

    private List<Count> counts() {
        Map<String, Integer> rightly = new LinkedHashMap<>();
        for (int at = 0; at < right.size(); at++) {
            if (right.get(at).equals(chosen.get(at))) rightly.merge(right.get(at), 1, Integer::sum);
        }
        Map<String, Integer> isRight = tally(right);
        Map<String, Integer> isChosen = tally(chosen);
        TreeSet<String> labels = new TreeSet<>(isRight.keySet());
        labels.addAll(isChosen.keySet());
        List<Count> counts = new ArrayList<>();
        for (String label : labels) {
            int hits = rightly.getOrDefault(label, 0);
            counts.add(new Count(hits, isChosen.getOrDefault(label, 0) - hits, isRight.getOrDefault(label, 0) - hits));
        }
        return counts;
    }

    private static Map<String, Integer> tally(List<String> labels) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        labels.forEach(label -> counts.merge(label, 1, Integer::sum));
        return counts;
    }

    private static double ratio(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
