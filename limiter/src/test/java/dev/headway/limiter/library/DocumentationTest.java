package dev.headway.limiter.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Claims about the words at the public members. Threads do not share it.
 *
 * <p>That the words are well formed and their links lead somewhere, the javadoc tool checks in {@code mvn verify}. It is told not to
 * ask for what is missing, because it would ask for a {@code @param} and a {@code @return} everywhere too, where one sentence says
 * it; that there is such a sentence is checked here.
 */
class DocumentationTest {
    @TempDir
    private Path directory;

    @Test
    void everyPublicMemberHasASentence() {
        assertThat(withoutSentence(Path.of("src/main/java"))).isEmpty();
    }

    @Test
    void aPublicMemberWithoutASentenceIsNoticed() throws IOException {
        Path sources = Files.createDirectory(directory.resolve("sources"));
        Files.writeString(sources.resolve("Bare.java"), "/** A class. */ public interface Bare { int bare(); }");

        assertThat(withoutSentence(sources)).singleElement().asString().contains("Bare.java:1");
    }

    private List<String> withoutSentence(Path sources) {
        List<String> complaints = Compilation.complaints(
                sources,
                directory.resolve("classes"),
                "-Xdoclint:missing/protected",
                "-Xmaxwarns",
                "10000",
                "-p",
                System.getProperty("java.class.path"));
        return complaints.stream()
                .filter(complaint -> complaint.contains("no comment"))
                .toList();
    }
}
