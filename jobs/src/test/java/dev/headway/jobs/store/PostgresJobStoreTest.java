package dev.headway.jobs.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresJobStoreTest extends JobStoreContract {
    private static EmbeddedPostgres server;
    private static JobStore opened;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
        opened = JobStore.postgres(url());
    }

    @AfterAll
    static void stopServer() throws IOException {
        opened.close();
        server.close();
    }

    @Override
    JobStore emptyStore() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE jobs, metric_points");
        }
        return opened;
    }

    @Override
    void release(JobStore used) {
        // The next test uses it again.
    }

    @Test
    void turnsASecondEngineAway() {
        assertThatThrownBy(() -> JobStore.postgres(url()))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("in use by another Headway server");
    }

    @Test
    void saysSoWhenThereIsNoServerAndKeepsThePasswordToItself() {
        String nobody = "jdbc:postgresql://127.0.0.1:1/none?user=ann&password=hunter2";

        assertThatThrownBy(() -> JobStore.postgres(nobody))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/none cannot be opened")
                .hasMessageNotContaining("hunter2");
    }

    private static String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }
}
