package dev.headway.jobs.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.JdbiException;

/** Brings a database to the form that this version knows. Stateless. */
final class Migrations {
    /** The version of the newest migration among the resources. */
    static final String NEWEST = "1";

    private static final String TABLE = "headway_schema";

    private Migrations() {}

    static void apply(Dialect dialect) {
        if (isCurrent(dialect)) {
            // Loading the migration tool would be a good part of a start.
            return;
        }
        Flyway flyway = configuration(dialect).load();
        requireNotNewer(flyway);
        flyway.migrate();
    }

    private static boolean isCurrent(Dialect dialect) {
        try {
            return dialect.reader()
                    .withHandle(handle -> handle.createQuery("SELECT version FROM " + TABLE
                                    + " WHERE success ORDER BY installed_rank DESC LIMIT 1")
                            .mapTo(String.class)
                            .findFirst())
                    .filter(NEWEST::equals)
                    .isPresent();
        } catch (JdbiException e) {
            // A new database, or one that cannot be used: what follows makes the former and explains the latter.
            return false;
        }
    }

    private static FluentConfiguration configuration(Dialect dialect) {
        return Flyway.configure()
                .dataSource(dialect.migrationSource())
                .locations("classpath:dev/headway/jobs/store")
                .table(TABLE);
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
