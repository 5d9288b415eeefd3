package dev.headway.limiter.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** One run of the compiler over a tree of sources, as a user of the library would make it. Threads do not share it. */
final class Compilation {
    /** Where Maven puts what it compiles. */
    static final Path LIBRARY = Path.of("target/classes");

    private Compilation() {}

    /** Compiles all sources of the tree into the directory; returns what the compiler had to say, nothing if it was content. */
    static List<String> complaints(Path sources, Path into, String... options) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
        List<String> all = Stream.concat(Stream.of(options), Stream.of("-d", into.toString(), "-proc:none"))
                .toList();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(complaints, Locale.ROOT, StandardCharsets.UTF_8)) {
            compiler.getTask(null, files, complaints, all, null, files.getJavaFileObjectsFromPaths(javaFiles(sources)))
                    .call();
        } catch (IOException notClosed) {
            throw new UncheckedIOException(notClosed);
        }
        return complaints.getDiagnostics().stream().map(Compilation::sentence).toList();
    }

    private static List<Path> javaFiles(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static String sentence(Diagnostic<? extends JavaFileObject> complaint) {
        JavaFileObject source = complaint.getSource();
        String place = source == null ? "" : source.getName() + ":" + complaint.getLineNumber() + ": ";
        return place + complaint.getMessage(Locale.ROOT);
    }
}
