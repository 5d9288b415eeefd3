package dev.headway.jobs.workspace;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The directories that paths given by users may lead into. Immutable, for any number of threads.
 *
 * <p>A path is judged by where it really leads: relative ones start at the working directory, every symbolic link on the
 * way is followed, and only then must the result be one of the roots or lie below one. So {@code a..b.txt} is a name
 * like any other, and a link out of a root is refused. What does not exist yet is judged by the part that does.
 *
 * <p>Between this judgement and the use of its result somebody who may write into a root can put a link in its way;
 * whoever opens the path should use the result and not the user's text, and should not follow links when opening it.
 */
public final class AllowedRoots {
    private final List<Path> roots;

    /**
     * Names the roots.
     *
     * @param roots the directories; links in them are followed at every judgement, for they may appear later
     */
    public AllowedRoots(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /**
     * Finds out where a path leads and insists that it is inside.
     *
     * @param userPath the path, as a user wrote it
     * @return where it leads: absolute, without links, which need not exist
     * @throws PathRefused if it holds a NUL, leads outside, or cannot be followed
     */
    public Path require(String userPath) {
        Path path = RealPath.of(parse(userPath));
        if (roots.stream().map(RealPath::of).noneMatch(path::startsWith)) {
            throw new PathRefused(PathRefused.Reason.OUTSIDE, "path '" + userPath + "' is outside allowed directories");
        }
        return path;
    }

    private static Path parse(String userPath) {
        if (userPath.indexOf('\0') >= 0) {
            throw new PathRefused(PathRefused.Reason.NUL, "path holds a NUL character");
        }
        try {
            return Path.of(userPath);
        } catch (InvalidPathException e) {
            throw new PathRefused(
                    PathRefused.Reason.UNUSABLE, "path '" + userPath + "' is not usable: " + e.getReason());
        }
    }
}
