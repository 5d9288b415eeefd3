package dev.headway.server.config;

import dev.headway.server.api.files.FileLimits;
import java.nio.file.Path;
import java.util.List;

/** Reads what the filesystem routes show; stateless. */
final class FilesystemReader {
    private FilesystemReader() {}

    static FilesystemSettings read(SettingReader reader, Machine machine, Path data) {
        FileLimits limits = new FileLimits(
                reader.wholeNumber(Variable.FILESYSTEM_MAX_FILE_SIZE, 1, Integer.MAX_VALUE / 2),
                reader.wholeNumber(Variable.FILESYSTEM_MAX_DIR_ITEMS, 1, 1_000_000));
        List<Path> roots = reader.list(Variable.FILESYSTEM_ALLOWED_PATHS, machine::path);
        return new FilesystemSettings(roots.isEmpty() ? usualRoots(reader, machine, data) : roots, limits);
    }

    private static List<Path> usualRoots(SettingReader reader, Machine machine, Path data) {
        return List.of(
                machine.path("~/AI_Models"),
                machine.path("~/Desktop/AI_Models"),
                data.resolve(reader.setting(Variable.LOGS_DIR_NAME).text()));
    }
}
