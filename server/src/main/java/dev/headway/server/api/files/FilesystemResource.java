package dev.headway.server.api.files;

import dev.headway.jobs.workspace.AllowedRoots;
import dev.headway.server.api.schema.BodyFields;
import dev.headway.server.http.HttpProblem;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Shows directories and files inside the allowed roots (contract B1.17, A18); any number of threads may share it.
 *
 * <p>A path is resolved first, links and all, and then used as resolved. Only regular files are opened, so that a pipe or a
 * device cannot hold a thread, and the last name is opened without following a link that was put there meanwhile.
 */
public final class FilesystemResource {
    private final ClientPaths paths;
    private final FileLimits limits;
    private final ZoneId zone;
    private final Listing listing;
    private final ReadBudget budget;

    /**
     * Shows what lies in some roots.
     *
     * @param roots the directories
     * @param limits how much of files and directories is shown
     * @param zone the zone of the times
     */
    public FilesystemResource(List<Path> roots, FileLimits limits, ZoneId zone) {
        this.paths = new ClientPaths(new AllowedRoots(roots));
        this.limits = limits;
        this.zone = zone;
        this.listing = new Listing(paths, zone);
        this.budget = new ReadBudget(limits.maxFileBytes());
    }

    /** Lists a directory. */
    public Response list(Request request) {
        BodyFields fields = BodyFields.of(request);
        String path = fields.string("path");
        OptionalLong wanted = fields.optionalInteger("max_items");
        fields.check();
        Path directory = paths.require(path);
        return doing("list directory", () -> {
            if (!facts(directory, "Directory not found").isDirectory()) {
                throw HttpProblem.detail(400, "Path is not a directory");
            }
            long max = lowered(wanted, limits.maxDirectoryItems());
            List<Listing.Item> items = listing.items(directory, max);
            return Response.json(200, new Listed(directory.toString(), items, items.size(), items.size() >= max));
        });
    }

    /** Reads a file. */
    public Response read(Request request) {
        BodyFields fields = BodyFields.of(request);
        String path = fields.string("path");
        String encoding = fields.string("encoding", "utf-8");
        OptionalLong wanted = fields.optionalInteger("max_size");
        fields.check();
        Path file = paths.require(path);
        return doing("read file", () -> {
            FileFacts facts = facts(file, "File not found");
            if (!facts.attributes().isRegularFile()) {
                throw HttpProblem.detail(400, "Path is not a file");
            }
            long max = lowered(wanted, limits.maxFileBytes());
            requireFits(facts.attributes().size(), max);
            TextEncoding text = TextEncoding.find(encoding)
                    .orElseThrow(() -> HttpProblem.detail(500, "Failed to read file: unknown encoding: " + encoding));
            return budget.holding(facts.attributes().size(), () -> content(facts, max, text));
        });
    }

    /** Says what a path is. */
    public Response info(Request request) {
        BodyFields fields = BodyFields.of(request);
        String path = fields.string("path");
        fields.check();
        Path resolved = paths.require(path);
        return doing("get file info", () -> {
            FileFacts facts = facts(resolved, "Path not found");
            return Response.json(200, facts.isDirectory() ? DirectoryInfo.of(facts, zone) : FileInfo.of(facts, zone));
        });
    }

    private Response content(FileFacts facts, long max, TextEncoding encoding) throws IOException {
        byte[] bytes = bytes(facts.path(), max);
        TextEncoding.Content content = encoding.decode(bytes);
        return Response.json(
                200,
                new FileContent(
                        facts.path().toString(),
                        content.text(),
                        bytes.length,
                        content.encoding(),
                        facts.modified(zone)));
    }

    /** A file that grows while it is read is still read only up to the bound. */
    private static byte[] bytes(Path file, long max) throws IOException {
        try (var stream = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = stream.readNBytes((int) Math.min(Integer.MAX_VALUE - 8L, max + 1));
            requireFits(bytes.length, max);
            return bytes;
        }
    }

    private static void requireFits(long size, long max) {
        if (size > max) {
            throw HttpProblem.detail(413, "File too large: " + size + " bytes (max: " + max + " bytes)");
        }
    }

    /** A client may lower a bound and never raise it; 0 means that it has no wish. */
    private static long lowered(OptionalLong wanted, long max) {
        return wanted.orElse(0) == 0 ? max : Math.min(wanted.orElse(0), max);
    }

    private static FileFacts facts(Path path, String absence) throws IOException {
        try {
            return FileFacts.following(path);
        } catch (AccessDeniedException there) {
            throw there;
        } catch (FileSystemException absent) {
            throw HttpProblem.detail(404, absence);
        }
    }

    private static Response doing(String what, ReadBudget.Work<Response> work) {
        try {
            return work.run();
        } catch (ReadBudget.Exhausted busy) {
            throw new HttpProblem(Response.detail(503, "Failed to " + what + ": " + busy.getMessage() + "; try again")
                    .withHeader("retry-after", "1"));
        } catch (IOException failed) {
            throw HttpProblem.detail(500, "Failed to " + what + ": " + reason(failed));
        }
    }

    private static String reason(IOException failed) {
        if (failed instanceof AccessDeniedException) {
            return "permission denied";
        }
        Optional<String> reason = failed instanceof FileSystemException detailed
                ? Optional.ofNullable(detailed.getReason())
                : Optional.ofNullable(failed.getMessage());
        return reason.orElse(failed.getClass().getSimpleName());
    }

    /** Entries of a directory. */
    record Listed(String path, List<Listing.Item> items, int totalCount, boolean truncated) {}

    /** The content of a file. */
    record FileContent(String path, String content, long sizeBytes, String encoding, String modified) {}

    /** What a file is. */
    record FileInfo(
            String path,
            String name,
            String type,
            long sizeBytes,
            String modified,
            String created,
            FileFacts.Permissions permissions) {
        static FileInfo of(FileFacts facts, ZoneId zone) throws IOException {
            return new FileInfo(
                    facts.path().toString(),
                    facts.name(),
                    facts.type(),
                    facts.attributes().size(),
                    facts.modified(zone),
                    facts.changed(zone),
                    facts.permissions());
        }
    }

    /** What a directory is, and how many entries it has. */
    record DirectoryInfo(
            String path,
            String name,
            String type,
            long sizeBytes,
            String modified,
            String created,
            FileFacts.Permissions permissions,
            long itemCount) {
        static DirectoryInfo of(FileFacts facts, ZoneId zone) throws IOException {
            return new DirectoryInfo(
                    facts.path().toString(),
                    facts.name(),
                    facts.type(),
                    facts.attributes().size(),
                    facts.modified(zone),
                    facts.changed(zone),
                    facts.permissions(),
                    Listing.count(facts.path()));
        }
    }
}
