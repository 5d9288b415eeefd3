package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.caller.Tier;
import dev.headway.server.caller.keys.KeyFileEditor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server that follows its file of keys while it runs. */
class KeysFollowedTest {
    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void takesKeysOverAndDropsThemAndIgnoresWhatIsHalfWritten() throws Exception {
        KeyFileEditor editor = new KeyFileEditor(keys(), new SecureRandom());
        String alice = editor.add("alice", Tier.PRO);
        try (Application application = start()) {
            assertThat(status(application, alice)).isEqualTo(200);

            String bob = editor.add("bob", Tier.FREE);
            Await.until("bob's key is taken over", () -> status(application, bob) == 200);

            editor.revoke("alice");
            Await.until("alice's key is dropped", () -> status(application, alice) == 403);

            Files.writeString(keys(), "{\"keys\": [");
            String carol =
                    new KeyFileEditor(directory.resolve("next.json"), new SecureRandom()).add("carol", Tier.FREE);
            assertThat(status(application, bob)).isEqualTo(200);

            Files.copy(directory.resolve("next.json"), keys(), StandardCopyOption.REPLACE_EXISTING);
            Await.until("carol's key is taken over", () -> status(application, carol) == 200);
            assertThat(status(application, bob)).isEqualTo(403);
        }
    }

    private Application start() {
        Map<String, String> environment = Map.of("API_KEYS_FILE", keys().toString(), "RATE_LIMIT_ENABLED", "false");
        return WholeServer.start(directory, environment).application();
    }

    private int status(Application application, String key) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(application.url() + "/api/training/queue"))
                .header("x-api-key", key)
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Path keys() {
        return directory.resolve("keys.json");
    }
}
