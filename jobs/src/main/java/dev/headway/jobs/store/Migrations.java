package dev.headway.jobs.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings a database to the form that this version knows. Stateless. */
final class Migrations {
    private Migrations() {}

    static void apply(Dialect dialect) {
        Flyway flyway = configuration(dialect).load();
        requireNotNewer(flyway);
        flyway.migrate();
    }

    private static FluentConfiguration configuration(Dialect dialect) {
        return Flyway.configure()
                .dataSource(dialect.migrationSource())
                .locations("classpath:dev/headway/jobs/store")
                .table("headway_schema");
    }

    private static void requireNotNewer(Flyway flyway) {
        MigrationInfo current = flyway.info().current();
        MigrationVersion known = newestKnown(flyway);
        if (current != null && current.getVersion().compareTo(known) > 0) {
            throw new StoreUnusable("the database was made by a newer Headway: it has version " + current.getVersion()
                    + " and this one knows versions up to " + known
                    + "; start the newer one, or restore an older copy");
        }
    }

    private static MigrationVersion newestKnown(Flyway flyway) {
        MigrationVersion newest = MigrationVersion.EMPTY;
        for (MigrationInfo migration : flyway.info().all()) {
            boolean known = migration.getPhysicalLocation() != null
                    && !migration.getPhysicalLocation().isEmpty();
            if (known && migration.getVersion().compareTo(newest) > 0) {
                newest = migration.getVersion();
            }
        }
        return newest;
    }
}
