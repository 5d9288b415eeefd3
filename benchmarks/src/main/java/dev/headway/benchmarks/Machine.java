package dev.headway.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/** What a figure needs to be worth anything: on what machine, when, and by which command it was measured. */
final class Machine {

    private Machine() {}

    static String describe(String command) {
        return "command  " + command + System.lineSeparator()
                + "machine  " + Runtime.getRuntime().availableProcessors() + " × " + processor() + ", load " + load()
                + System.lineSeparator()
                + "java     " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version")
                + System.lineSeparator()
                + "date     " + LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MINUTES)
                + System.lineSeparator();
    }

    private static String processor() {
        return firstLine("/proc/cpuinfo", "model name").replaceFirst("^.*:\\s*", "");
    }

    private static String load() {
        return firstLine("/proc/loadavg", "").replaceFirst("^(\\S+ \\S+ \\S+).*", "$1");
    }

    private static String firstLine(String file, String start) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(start)).findFirst().orElse("unknown");
        } catch (IOException e) {
            return "unknown on " + System.getProperty("os.name");
        }
    }
}
