package dev.headway.jobs.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL behind a URL. For any number of threads.
 *
 * <p>Writers of the same job exclude each other by the job's version, and those of an end of the queue by a lock on the
 * table. One connection is kept open for
 * the advisory lock by which an engine keeps other engines out; should that connection break while the engine runs on, a
 * second engine could get in.
 */
final class PostgresDialect implements Dialect {
    private static final int CONNECTIONS = 6;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    /** The name of the lock: "headway" in ASCII. */
    private static final long LOCK = 0x68656164776179L;

    /** The lock of a server that has died is free once PostgreSQL has noticed. */
    private static final int CLAIM_TRIES = 20;

    private static final Duration CLAIM_PAUSE = Duration.ofMillis(100);

    private final String url;
    private final Connection claim;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private PostgresDialect(String url, Connection claim, DataSource source) {
        this.url = url;
        this.claim = claim;
        this.pool = pool(source);
        this.jdbi = Jdbi.create(pool);
    }

    /**
     * Connects to a server and keeps other engines out.
     *
     * @param url a {@code jdbc:postgresql:} URL with its credentials
     * @return the dialect, connected
     * @throws StoreUnusable if there is no connection, or another engine uses the database
     */
    static PostgresDialect open(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setConnectTimeout(CONNECT_TIMEOUT_MILLIS / 1000);
        try {
            return new PostgresDialect(url, claim(url, source), source);
        } catch (SQLException e) {
            throw explain(url, e);
        }
    }

    private static Connection claim(String url, DataSource source) throws SQLException {
        Connection connection = source.getConnection();
        for (int attempt = 0; attempt < CLAIM_TRIES; attempt++) {
            if (answersTrue(connection, "SELECT pg_try_advisory_lock(" + LOCK + ")")) {
                return connection;
            }
            LockSupport.parkNanos(CLAIM_PAUSE.toNanos());
        }
        connection.close();
        throw new StoreUnusable("database " + withoutSecrets(url) + " is in use by another Headway server");
    }

    @Override
    public Jdbi reader() {
        return jdbi;
    }

    @Override
    public Jdbi writer() {
        return jdbi;
    }

    @Override
    public void lockQueue(Handle handle) {
        handle.execute("LOCK TABLE jobs IN SHARE ROW EXCLUSIVE MODE");
    }

    @Override
    public DataSource migrationSource() {
        return pool;
    }

    @Override
    public StoreUnusable explain(Exception error) {
        return explain(url, error);
    }

    private static StoreUnusable explain(String url, Exception error) {
        return new StoreUnusable(
                "database " + withoutSecrets(url) + " cannot be opened: " + Causes.lastMessage(error), error);
    }

    @Override
    public void close() {
        pool.close();
        try (claim) {
            answersTrue(claim, "SELECT pg_advisory_unlock(" + LOCK + ")");
        } catch (SQLException e) {
            // The server drops the lock with the connection, however that ends.
            return;
        }
    }

    private static boolean answersTrue(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private static String withoutSecrets(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    private static HikariDataSource pool(DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("jobs");
        config.setDataSource(source);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
        return new HikariDataSource(config);
    }
}
