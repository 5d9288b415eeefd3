package dev.headway.jobs.workspace;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where a path leads once every symbolic link is followed, whether or not its end exists. For one thread.
 *
 * <p>The walk goes name by name, because {@code link/..} is the parent of where the link points to and not the directory
 * that holds the link.
 */
final class RealPath {
    private static final int MAX_LINKS = 40;

    private final Deque<Path> names = new ArrayDeque<>();
    private Path reached;
    private int links;

    private RealPath(Path path) {
        Path absolute = path.toAbsolutePath();
        reached = rootOf(absolute);
        push(absolute);
    }

    static Path of(Path path) {
        return new RealPath(path).walk();
    }

    private Path walk() {
        while (!names.isEmpty()) {
            step(names.pop());
        }
        return reached;
    }

    private void step(Path name) {
        String text = name.toString();
        if (text.isEmpty() || text.equals(".")) {
            return;
        }
        if (text.equals("..")) {
            Path parent = reached.getParent();
            reached = parent == null ? reached : parent;
            return;
        }
        enter(reached.resolve(name));
    }

    private void enter(Path next) {
        if (Files.isSymbolicLink(next)) {
            follow(next);
            return;
        }
        reached = next;
    }

    private void follow(Path link) {
        if (++links > MAX_LINKS) {
            throw new PathRefused(PathRefused.Reason.UNUSABLE, "path '" + link + "' goes through too many links");
        }
        Path target = target(link);
        if (target.isAbsolute()) {
            reached = rootOf(target);
        }
        push(target);
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (NotLinkException e) {
            throw new PathRefused(PathRefused.Reason.UNUSABLE, "path '" + link + "' changed while it was looked at");
        } catch (FileSystemException e) {
            throw new PathRefused(
                    PathRefused.Reason.UNUSABLE, "path '" + link + "' cannot be followed: " + e.getReason());
        } catch (IOException e) {
            throw new PathRefused(
                    PathRefused.Reason.UNUSABLE, "path '" + link + "' cannot be followed: " + e.getMessage());
        }
    }

    private void push(Path path) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            names.push(path.getName(i));
        }
    }

    private static Path rootOf(Path absolute) {
        Path root = absolute.getRoot();
        return root == null ? absolute : root;
    }
}
