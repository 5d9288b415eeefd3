package dev.headway.server.caller.keys;

import dev.headway.server.fresh.FileStamp;
import dev.headway.server.fresh.FollowedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the known users up with their file; for one thread, which calls {@link #look} about once a second.
 *
 * <p>A file is read again when its time, size or identity has changed, and also while its time is so recent that it may have
 * been changed once more within it. A file that cannot be used changes nothing: it is told once, and the keys of before hold.
 */
public final class KeyWatch {
    private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);

    private final Path file;
    private final KnownUsers users;
    private final Clock clock;
    private final FollowedFile followed;
    private KeyRing last;
    private Optional<FileStamp> settled = Optional.empty();
    private String complaint = "";

    /**
     * Begins to watch.
     *
     * @param file the file of keys
     * @param last the keys that it had when it was read last
     * @param users whose keys are exchanged
     * @param clock the time of day, as the file system has it
     */
    public KeyWatch(Path file, KeyRing last, KnownUsers users, Clock clock) {
        this.file = file;
        this.last = last;
        this.users = users;
        this.clock = clock;
        this.followed = new FollowedFile(clock.instant());
    }

    /** Returns the users who are kept up with the file. */
    public KnownUsers users() {
        return users;
    }

    /** Returns what has come of the file so far; any thread may ask it. */
    public FollowedFile followed() {
        return followed;
    }

    /** Reads the file if it has changed. */
    public void look() {
        try {
            FileStamp stamp = FileStamp.of(file);
            if (!settled.equals(Optional.of(stamp))) {
                read();
                settled = stamp.isSettled(clock.instant()) ? Optional.of(stamp) : Optional.empty();
            }
        } catch (InvalidKeyFile unusable) {
            complain(String.valueOf(unusable.getMessage()));
        } catch (IOException gone) {
            complain(gone.toString());
        }
    }

    private void read() {
        KeyRing ring = KeyFile.read(file);
        followed.usable(clock.instant());
        if (!ring.equals(last)) {
            users.replace(ring);
            followed.countTaken();
            last = ring;
            LOG.info(
                    "{}: the keys have changed; {} hold now",
                    file,
                    ring.entries().size());
        } else if (!complaint.isEmpty()) {
            LOG.info("{}: it can be used again, and nothing in it has changed", file);
        }
        complaint = "";
    }

    private void complain(String problem) {
        // The file of before may come back, with all that shows of it unchanged.
        settled = Optional.empty();
        followed.unusable();
        if (!problem.equals(complaint)) {
            complaint = problem;
            followed.countRefused();
            LOG.warn("{}: the keys of before hold, since the file cannot be used: {}", file, problem);
        }
    }
}
