package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.Json;
import dev.headway.server.logging.Disclosure;
import dev.headway.server.logging.LogFormat;
import dev.headway.server.logging.LogSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LogFilesTest {
    private static final Logger LOG = LoggerFactory.getLogger(LogFilesTest.class);
    private static final Logger LIBRARY = LoggerFactory.getLogger("a.library");

    @TempDir
    Path logs;

    @AfterEach
    void letGoOfTheFile() {
        LogFiles.toConsole(LogSettings.DEFAULT, ZoneOffset.UTC);
    }

    @Test
    void holdALineForPeopleFromInfoOn() throws Exception {
        start(LogSettings.DEFAULT);

        LOG.info("begun");
        LOG.debug("detail");
        LIBRARY.info("chatter");
        LIBRARY.warn("trouble");

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).endsWith("INFO  [main] LogFilesTest - begun");
        assertThat(lines().get(1)).endsWith("WARN  [main] library - trouble");
    }

    @Test
    void holdWhatTheLevelAsksFor() throws Exception {
        start(new LogSettings(LogFormat.TEXT, Level.DEBUG, Disclosure.FULL));

        LOG.debug("detail");

        assertThat(lines()).singleElement().asString().endsWith("DEBUG [main] LogFilesTest - detail");
    }

    @Test
    void holdAnObjectALineAsJson() throws Exception {
        start(new LogSettings(LogFormat.JSON, Level.INFO, Disclosure.FULL));

        LOG.info("Grüße\nfrom a client");
        LOG.warn("another");

        assertThat(lines()).hasSize(2);
        assertThat(Json.mapper().readTree(lines().get(0)).path("message").asString())
                .isEqualTo("Grüße\\u000afrom a client");
    }

    private void start(LogSettings settings) {
        LogFiles.toConsole(settings, ZoneOffset.UTC);
        LogFiles.alsoTo(logs, settings, ZoneOffset.UTC);
    }

    private List<String> lines() throws Exception {
        return Files.readAllLines(logs.resolve("training_server.log"));
    }
}
