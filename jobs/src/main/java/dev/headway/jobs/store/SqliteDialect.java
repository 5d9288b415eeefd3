package dev.headway.jobs.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

/**
 * SQLite in a file. For any number of threads.
 *
 * <p>Write-ahead logging lets readers go on while one writer writes; FULL makes every commit reach the disk before it is
 * answered, as a user is told "queued" on the strength of it. There is one writing connection, and its transactions
 * begin IMMEDIATE: a transaction that began by reading could find at its first write that another had written meanwhile,
 * and SQLite then fails it at once, whatever the timeout. Others are kept out by the lock on the data directory.
 */
final class SqliteDialect implements Dialect {
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;
    private static final int READERS = 4;
    private static final String LIBRARY_DIRECTORY = "org.sqlite.tmpdir";

    /** Up to this size the whole file is checked when it is opened; reading more would delay the start too much. */
    private static final long MAX_CHECKED_BYTES = 32L << 20;

    private final Path file;
    private final HikariDataSource readers;
    private final HikariDataSource writer;
    private final Jdbi readerJdbi;
    private final Jdbi writerJdbi;

    private SqliteDialect(Path file, SQLiteDataSource source) {
        this.file = file;
        this.readers = pool(source, READERS, "jobs-read");
        this.writer = pool(source, 1, "jobs-write");
        this.readerJdbi = Jdbi.create(readers);
        this.writerJdbi = Jdbi.create(writer);
    }

    /**
     * Opens a database, which is made if it does not exist, and checks that it is whole if that is quickly done.
     *
     * @param file where it is
     * @return the dialect, connected
     * @throws StoreUnusable if it is not a database that can be written to
     */
    static SqliteDialect open(Path file) {
        SQLiteDataSource source = source(file);
        try {
            unpackLibraryBeside(file);
            // Not through a pool, which would try again for seconds.
            requireWhole(file, Jdbi.create(source));
        } catch (JdbiException | IOException e) {
            throw explain(file, e);
        }
        return new SqliteDialect(file, source);
    }

    /**
     * SQLite is native code, and on many servers nothing may be run that lies where temporary files are kept. What a program left there
     * that ended suddenly is deleted.
     */
    private static void unpackLibraryBeside(Path file) throws IOException {
        if (System.getProperty(LIBRARY_DIRECTORY) != null) {
            return;
        }
        Path directory = Files.createDirectories(file.toAbsolutePath().resolveSibling("native"));
        try (Stream<Path> left = Files.list(directory)) {
            for (Path library : left.toList()) {
                Files.delete(library);
            }
        }
        System.setProperty(LIBRARY_DIRECTORY, directory.toString());
    }

    private static void requireWhole(Path file, Jdbi jdbi) throws IOException {
        String check = Files.exists(file) && Files.size(file) > MAX_CHECKED_BYTES
                ? "PRAGMA schema_version"
                : "PRAGMA quick_check(1)";
        String finding = jdbi.withHandle(
                handle -> handle.createQuery(check).mapTo(String.class).first());
        if (check.contains("quick_check") && !finding.equals("ok")) {
            throw damaged(file, finding);
        }
    }

    @Override
    public Jdbi reader() {
        return readerJdbi;
    }

    @Override
    public Jdbi writer() {
        return writerJdbi;
    }

    @Override
    public void lockQueue(Handle handle) {
        // Transactions that write follow one another anyway.
    }

    @Override
    public DataSource migrationSource() {
        return writer;
    }

    @Override
    public StoreUnusable explain(Exception error) {
        return explain(file, error);
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
    }

    private static StoreUnusable explain(Path file, Exception error) {
        if (!(Causes.last(error) instanceof SQLiteException reason)) {
            return new StoreUnusable("database " + file + " cannot be opened: " + Causes.lastMessage(error), error);
        }
        return switch (reason.getResultCode()) {
            case SQLITE_NOTADB, SQLITE_CORRUPT -> damaged(file, reason.getResultCode().message);
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_IOERR ->
                new StoreUnusable(
                        "database " + file + " cannot be opened for writing: " + reason.getResultCode().message);
            case SQLITE_FULL -> new StoreUnusable("database " + file + " cannot be opened: the disk is full");
            case SQLITE_BUSY -> new StoreUnusable("database " + file + " is locked by another program");
            default -> new StoreUnusable("database " + file + " cannot be opened: " + reason.getMessage(), reason);
        };
    }

    private static StoreUnusable damaged(Path file, String finding) {
        return new StoreUnusable("database " + file + " is damaged or is not a Headway database (" + finding
                + "); restore a copy, or move it away to start with an empty one");
    }

    private static HikariDataSource pool(SQLiteDataSource source, int size, String name) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(BUSY_TIMEOUT_MILLIS);
        return new HikariDataSource(config);
    }

    private static SQLiteDataSource source(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }
}
