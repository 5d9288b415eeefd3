package dev.headway.jobs.store;

import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What one kind of database does differently from the others. One store uses one dialect; for any number of threads.
 *
 * <p>All statements are the same everywhere and live in {@link JobStore}; what is here is how to connect, how to keep
 * others out, and how to say in a sentence that the database cannot be used.
 */
interface Dialect extends AutoCloseable {
    /** {@return where reading statements go} */
    Jdbi reader();

    /** {@return where transactions that write go; they exclude each other} */
    Jdbi writer();

    /**
     * Has transactions that ask for an end of the queue and then write there follow one another.
     *
     * @param handle the transaction
     */
    void lockQueue(Handle handle);

    /** {@return the source that migrations are applied to} */
    DataSource migrationSource();

    /**
     * Explains why the database could not be opened.
     *
     * @param error what was thrown
     * @return the same as a sentence
     */
    StoreUnusable explain(Exception error);

    @Override
    void close();
}
