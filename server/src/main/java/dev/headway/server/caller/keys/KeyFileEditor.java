package dev.headway.server.caller.keys;

import dev.headway.server.caller.Tier;
import dev.headway.server.caller.User;
import dev.headway.server.text.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Changes a file of keys; any number of processes may do so at once.
 *
 * <p>A change is written beside the file and put in its place at once, so that a server, or a crash, finds the old file or
 * the new one and never a part. A second file with the ending {@code .lock} stays behind, by which two changes wait for each
 * other. Only the owner may read either.
 */
public final class KeyFileEditor {
    private static final int KEY_BYTES = 32;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final SecureRandom random;

    /** Edits a file, which need not exist. */
    public KeyFileEditor(Path file, SecureRandom random) {
        this.file = file;
        this.random = random;
    }

    /**
     * Gives a new user a key and returns it; it is written down nowhere, so this is the one time to see it.
     *
     * @throws IllegalArgumentException when there is such a user, or the name is none
     * @throws InvalidKeyFile when the file cannot be used
     * @throws UncheckedIOException when it cannot be written
     */
    public String add(String name, Tier tier) {
        User user = new User(name, Optional.of(tier));
        String key = newKey();
        change(entries -> with(entries, new KeyEntry(user, KeyDigest.of(key))));
        return key;
    }

    /**
     * Takes a user's key away.
     *
     * @throws IllegalArgumentException when there is no such user
     * @throws InvalidKeyFile when the file cannot be used
     * @throws UncheckedIOException when it cannot be written
     */
    public void revoke(String name) {
        change(entries -> without(entries, name));
    }

    private static List<KeyEntry> with(List<KeyEntry> entries, KeyEntry entry) {
        String name = entry.user().name();
        if (entries.stream().anyMatch(other -> other.user().name().equals(name))) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" has a key already; revoke it first, or take another name");
        }
        List<KeyEntry> more = new ArrayList<>(entries);
        more.add(entry);
        return more;
    }

    private static List<KeyEntry> without(List<KeyEntry> entries, String name) {
        List<KeyEntry> fewer = new ArrayList<>(entries);
        if (!fewer.removeIf(entry -> entry.user().name().equals(name))) {
            throw new IllegalArgumentException("\"" + Shown.of(name) + "\" has no key");
        }
        return fewer;
    }

    private void change(UnaryOperator<List<KeyEntry>> change) {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            try (FileChannel channel = FileChannel.open(
                            target.resolveSibling(target.getFileName() + ".lock"),
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            OWNER_ONLY);
                    FileLock lock = channel.lock()) {
                List<KeyEntry> entries =
                        Files.exists(target) ? KeyFile.read(target).entries() : List.of();
                replace(target, KeyFileText.format(change.apply(entries)), lock);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void replace(Path target, String text, FileLock held) throws IOException {
        if (!held.isValid()) {
            throw new IOException("the lock on " + target + " is lost");
        }
        Path fresh = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".new", OWNER_ONLY);
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private String newKey() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return "hw_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
