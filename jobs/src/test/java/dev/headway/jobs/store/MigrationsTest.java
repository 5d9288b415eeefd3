package dev.headway.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    @Test
    void theNewestVersionThatIsKnownIsThatOfTheNewestFile() {
        MigrationInfo[] files = Flyway.configure()
                .dataSource("jdbc:sqlite::memory:", "", "")
                .locations("classpath:dev/headway/jobs/store")
                .load()
                .info()
                .all();

        assertThat(files[files.length - 1].getVersion().getVersion()).isEqualTo(Migrations.NEWEST);
    }
}
