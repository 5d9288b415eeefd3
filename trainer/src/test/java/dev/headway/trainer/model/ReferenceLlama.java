package dev.headway.trainer.model;

import java.util.Map;

/**
 * The same network once more, slowly: plain doubles, one number at a time, straight from the formulas, with the weights
 * under the names that Hugging Face files use.
 *
 * <p>It shares nothing with the network under test: keys and values are looked up for each query, positions are turned
 * pair by pair, nothing is fused and nothing is masked because later places are never visited.
 */
final class ReferenceLlama {
    private final ModelShape shape;
    private final Map<String, double[]> weights;

    ReferenceLlama(ModelShape shape, Map<String, double[]> weights) {
        this.shape = shape;
        this.weights = weights;
    }

    /** Returns the scores of every token at every place of a row. */
    double[][] scores(int[] ids) {
        double[][] stream = new double[ids.length][];
        for (int place = 0; place < ids.length; place++)
            stream[place] = row("model.embed_tokens.weight", ids[place], shape.width());
        for (int layer = 0; layer < shape.layers(); layer++) block(stream, "model.layers." + layer + ".");
        String output = shape.tied() ? "model.embed_tokens.weight" : "lm_head.weight";
        double[][] scores = new double[ids.length][];
        for (int place = 0; place < ids.length; place++)
            scores[place] = product(output, norm(stream[place], "model.norm.weight"), shape.vocabulary());
        return scores;
    }

    /** Returns minus the log-probability of a token under scores. */
    static double surprise(double[] scores, int token) {
        double sum = 0;
        for (double score : scores) sum += Math.exp(score);
        return Math.log(sum) - scores[token];
    }

    private void block(double[][] stream, String layer) {
        double[][] mixed = attention(stream, layer);
        for (int place = 0; place < stream.length; place++) add(stream[place], mixed[place]);
        for (double[] vector : stream)
            add(vector, gated(norm(vector, layer + "post_attention_layernorm.weight"), layer));
    }

    private double[][] attention(double[][] stream, String layer) {
        int places = stream.length;
        double[][] queries = new double[places][];
        double[][] keys = new double[places][];
        double[][] values = new double[places][];
        for (int place = 0; place < places; place++) {
            double[] input = norm(stream[place], layer + "input_layernorm.weight");
            int shared = shape.keyValueHeads() * shape.headWidth();
            queries[place] = turned(product(layer + "self_attn.q_proj.weight", input, queryWidth()), place);
            keys[place] = turned(product(layer + "self_attn.k_proj.weight", input, shared), place);
            values[place] = product(layer + "self_attn.v_proj.weight", input, shared);
        }
        double[][] outputs = new double[places][];
        for (int place = 0; place < places; place++)
            outputs[place] =
                    product(layer + "self_attn.o_proj.weight", mix(place, queries[place], keys, values), shape.width());
        return outputs;
    }

    private double[] mix(int place, double[] query, double[][] keys, double[][] values) {
        double[] mixed = new double[queryWidth()];
        for (int head = 0; head < shape.heads(); head++) {
            int shared = head / (shape.heads() / shape.keyValueHeads());
            double[] shares = new double[place + 1];
            double sum = 0;
            for (int other = 0; other <= place; other++) {
                double score = 0;
                for (int at = 0; at < shape.headWidth(); at++)
                    score += query[head * shape.headWidth() + at] * keys[other][shared * shape.headWidth() + at];
                shares[other] = Math.exp(score / Math.sqrt(shape.headWidth()));
                sum += shares[other];
            }
            for (int other = 0; other <= place; other++) {
                for (int at = 0; at < shape.headWidth(); at++)
                    mixed[head * shape.headWidth() + at] +=
                            shares[other] / sum * values[other][shared * shape.headWidth() + at];
            }
        }
        return mixed;
    }

    /** Turns the pairs (j, j + half) of every head by place · base^(-2j/width). */
    private double[] turned(double[] heads, int place) {
        double[] turned = heads.clone();
        int width = shape.headWidth();
        int half = width / 2;
        for (int start = 0; start < heads.length; start += width) {
            for (int pair = 0; pair < half; pair++) {
                double angle = place / Math.pow(shape.rotaryBase(), 2.0 * pair / width);
                double x = heads[start + pair];
                double y = heads[start + pair + half];
                turned[start + pair] = x * Math.cos(angle) - y * Math.sin(angle);
                turned[start + pair + half] = y * Math.cos(angle) + x * Math.sin(angle);
            }
        }
        return turned;
    }

    private double[] gated(double[] input, String layer) {
        double[] gate = product(layer + "mlp.gate_proj.weight", input, shape.innerWidth());
        double[] up = product(layer + "mlp.up_proj.weight", input, shape.innerWidth());
        for (int at = 0; at < gate.length; at++) gate[at] = gate[at] / (1 + Math.exp(-gate[at])) * up[at];
        return product(layer + "mlp.down_proj.weight", gate, shape.width());
    }

    private double[] norm(double[] vector, String name) {
        double squares = 0;
        for (double value : vector) squares += value * value;
        double length = Math.sqrt(squares / vector.length + shape.normEpsilon());
        double[] normed = new double[vector.length];
        for (int at = 0; at < vector.length; at++) normed[at] = vector[at] / length * weight(name)[at];
        return normed;
    }

    private double[] product(String name, double[] input, int outputs) {
        double[] result = new double[outputs];
        for (int output = 0; output < outputs; output++) {
            for (int at = 0; at < input.length; at++)
                result[output] += weight(name)[output * input.length + at] * input[at];
        }
        return result;
    }

    private double[] row(String name, int index, int width) {
        double[] row = new double[width];
        System.arraycopy(weight(name), index * width, row, 0, width);
        return row;
    }

    private double[] weight(String name) {
        double[] weight = weights.get(name);
        if (weight == null) throw new IllegalArgumentException("no weight is called " + name);
        return weight;
    }

    private int queryWidth() {
        return shape.heads() * shape.headWidth();
    }

    private static void add(double[] sum, double[] summand) {
        for (int at = 0; at < sum.length; at++) sum[at] += summand[at];
    }
}
