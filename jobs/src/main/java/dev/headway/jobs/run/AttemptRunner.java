package dev.headway.jobs.run;

import java.util.Map;
import java.util.Set;

/**
 * The port by which attempts are run, be it by processes of this machine or by a cluster. For any number of threads.
 *
 * <p>An attempt is stored before it is ordered, and it runs at most once: whoever claims its name first decides, and
 * {@link #revoke} is the server's own claim. All methods may be repeated without harm, so that a server which died in the
 * middle simply goes on.
 */
public interface AttemptRunner {
    /**
     * Orders an attempt.
     *
     * @param order which one
     * @return whether it was ordered
     */
    StartResult start(AttemptOrder order);

    /**
     * Looks at attempts.
     *
     * @param names which ones
     * @return what is seen, for each of them
     */
    Map<AttemptName, Sighting> look(Set<AttemptName> names);

    /**
     * Makes sure that an attempt which nobody has claimed never runs.
     *
     * @param name which one
     * @return whether it never will; otherwise it has been claimed meanwhile, or this could not be found out, and one has
     *     to look again
     */
    boolean revoke(AttemptName name);

    /**
     * Has an attempt not begin if it has not begun; otherwise asks its trainer to stop or, when that is gone, the
     * processes that it left behind.
     *
     * @param name which one
     */
    void askToStop(AttemptName name);

    /**
     * Ends the trainer of an attempt or, when that is gone, the processes that it left behind.
     *
     * @param name which one
     */
    void kill(AttemptName name);
}
