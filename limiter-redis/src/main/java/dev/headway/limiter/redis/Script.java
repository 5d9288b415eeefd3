package dev.headway.limiter.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * A script, and how it is run: by its digest, and by its text on a server that does not have it yet. Immutable; threads may share
 * it.
 *
 * <p>A server that lacks the script has not run it, so this second try cannot spend twice. Nothing else is retried.
 */
final class Script {

    private final byte[] text;
    private final String digest;

    private Script(byte[] text) {
        this.text = text;
        this.digest = digest(text);
    }

    /** Returns the script that is made of these files, one behind the other. */
    static Script of(List<String> resources) {
        return new Script(read(resources));
    }

    /** Starts the script on these keys; the stage ends with its reply or Lettuce's exception. */
    CompletionStage<List<Object>> run(
            RedisScriptingAsyncCommands<byte[], byte[]> commands, byte[][] keys, byte[][] arguments) {
        return run(commands, ScriptOutputType.MULTI, keys, arguments);
    }

    /** Starts a script whose answer is a string; the stage ends with it or Lettuce's exception. */
    CompletionStage<byte[]> runForBytes(
            RedisScriptingAsyncCommands<byte[], byte[]> commands, byte[][] keys, byte[][] arguments) {
        return run(commands, ScriptOutputType.VALUE, keys, arguments);
    }

    private <T> CompletionStage<T> run(
            RedisScriptingAsyncCommands<byte[], byte[]> commands,
            ScriptOutputType output,
            byte[][] keys,
            byte[][] arguments) {
        return commands.<T>evalsha(digest, output, keys, arguments)
                .exceptionallyCompose(failure -> isMissing(failure)
                        ? commands.eval(text, output, keys, arguments)
                        : CompletableFuture.failedStage(failure));
    }

    /** Brings the script to the server, so that the first who runs it need not. */
    CompletionStage<String> load(RedisScriptingAsyncCommands<byte[], byte[]> commands) {
        return commands.scriptLoad(text);
    }

    private static boolean isMissing(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RedisNoScriptException;
    }

    private static byte[] read(List<String> resources) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (String resource : resources) {
            try (InputStream stream = Script.class.getResourceAsStream(resource)) {
                if (stream == null) {
                    throw new IllegalStateException("the jar lacks " + resource);
                }
                text.writeBytes(stream.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + resource + " from the jar", e);
            }
        }
        return text.toByteArray();
    }

    private static String digest(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1, by which Redis names scripts", e);
        }
    }
}
