package dev.headway.limiter.redis;

import dev.headway.limiter.Algorithm;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The scripts of a store: two for each algorithm, and two that know them all. Immutable; threads may share it.
 *
 * <p>A script is run from its first line to its last for every request, so those for one key hold only what they need.
 */
final class Scripts {
    private static final String PREAMBLE = "claims.lua";
    private static final String DECIDE = "decide.lua";
    private static final String REFUND = "refund.lua";
    private static final List<String> ALL_ALGORITHMS = List.of(
            "sliding-window.lua",
            "rules.lua",
            "fixed-window.lua",
            "sliding-window-counter.lua",
            "debt.lua",
            "line.lua",
            "token-bucket.lua",
            "pacing.lua");

    private final Map<Algorithm, Script> decide = forEachAlgorithm(DECIDE);
    private final Map<Algorithm, Script> refund = forEachAlgorithm(REFUND);
    private final Script take = Script.of(List.of("take.lua"));
    private final Script decideJointly = script(ALL_ALGORITHMS, DECIDE);
    private final Script refundJointly = script(ALL_ALGORITHMS, REFUND);

    private static Map<Algorithm, Script> forEachAlgorithm(String last) {
        Map<Algorithm, Script> scripts = new EnumMap<>(Algorithm.class);
        for (Algorithm algorithm : Algorithm.values()) {
            scripts.put(algorithm, script(files(algorithm), last));
        }
        return scripts;
    }

    private static List<String> files(Algorithm algorithm) {
        String own = algorithm + ".lua";
        return switch (algorithm) {
            case SLIDING_WINDOW -> List.of(own);
            case FIXED_WINDOW, SLIDING_WINDOW_COUNTER -> List.of("rules.lua", own);
            case TOKEN_BUCKET, PACING -> List.of("rules.lua", "debt.lua", "line.lua", own);
        };
    }

    private static Script script(List<String> algorithms, String last) {
        List<String> files = new ArrayList<>();
        files.add(PREAMBLE);
        files.addAll(algorithms);
        files.add(last);
        return Script.of(files);
    }

    /** Returns what decides about one key. */
    Script decide(Algorithm algorithm) {
        return Objects.requireNonNull(decide.get(algorithm));
    }

    /** Returns what gives permits of one key back. */
    Script refund(Algorithm algorithm) {
        return Objects.requireNonNull(refund.get(algorithm));
    }

    /** Returns what takes permits of one key under one small limit, by the sliding window. */
    Script take() {
        return take;
    }

    /** Returns what decides about several keys, by whatever algorithms. */
    Script decideJointly() {
        return decideJointly;
    }

    /** Returns what gives permits of several keys back, by whatever algorithms. */
    Script refundJointly() {
        return refundJointly;
    }

    /** Brings all of them to the server. */
    CompletableFuture<?> load(RedisScriptingAsyncCommands<byte[], byte[]> commands) {
        return CompletableFuture.allOf(
                Stream.of(decide.values(), refund.values(), List.of(take, decideJointly, refundJointly))
                        .flatMap(Collection::stream)
                        .map(script -> script.load(commands).toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new));
    }
}
