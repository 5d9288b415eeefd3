package dev.headway.server.api.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists directories, in the order of the system and only so far; immutable, so threads may share it.
 *
 * <p>Reading stops at the bound, so a directory with a million entries costs no more than one with a thousand. A link is
 * shown as what it leads to if that is inside the roots; else as itself, a small file that nothing can be done with, since
 * what lies outside is nobody's business.
 */
final class Listing {
    private final ClientPaths paths;
    private final ZoneId zone;

    Listing(ClientPaths paths, ZoneId zone) {
        this.paths = paths;
        this.zone = zone;
    }

    /** Returns the first entries of a directory. */
    List<Item> items(Path directory, long max) throws IOException {
        List<Item> items = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (items.size() >= max) {
                    break;
                }
                item(entry).ifPresent(items::add);
            }
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        return items;
    }

    /** Returns how many entries a directory has. */
    static long count(Path directory) throws IOException {
        long count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path unused : entries) {
                count++;
            }
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        return count;
    }

    /** An entry that is gone by the time it is looked at is left out. */
    private Optional<Item> item(Path entry) {
        try {
            return Optional.of(Item.of(facts(entry), zone));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private FileFacts facts(Path entry) throws IOException {
        boolean follow = !Files.isSymbolicLink(entry) || (paths.leadsInside(entry) && Files.exists(entry));
        return follow ? FileFacts.following(entry) : FileFacts.ofLinkItself(entry);
    }

    /** One entry of a directory. */
    record Item(String name, String type, long sizeBytes, String modified, FileFacts.Permissions permissions) {
        static Item of(FileFacts facts, ZoneId zone) {
            long size = facts.isDirectory() ? 0 : facts.attributes().size();
            return new Item(facts.name(), facts.type(), size, facts.modified(zone), facts.permissions());
        }
    }
}
