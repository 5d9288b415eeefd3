package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The links of the documents, each of which must lead to a file that is there, and to a heading in it. */
class DocumentLinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    static Stream<String> documents() throws IOException {
        Path root = RepositoryFile.find("docs").resolveSibling("");
        try (Stream<Path> pages = Files.walk(root.resolve("docs"))) {
            List<Path> all = new ArrayList<>(List.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md")));
            pages.filter(page -> page.toString().endsWith(".md")).forEach(all::add);
            return all.stream().map(page -> root.relativize(page).toString());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void leadSomewhere(String document) throws IOException {
        Path page = RepositoryFile.find(document);
        List<String> dead = LINK.matcher(prose(page))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.startsWith("http") && !leadsSomewhere(page, target))
                .toList();

        assertThat(dead).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String target) {
        int mark = target.indexOf('#');
        String file = mark < 0 ? target : target.substring(0, mark);
        Path found = file.isEmpty() ? page : page.resolveSibling(file);
        return Files.exists(found) && (mark < 0 || anchors(found).contains(target.substring(mark + 1)));
    }

    private static Set<String> anchors(Path page) {
        return HEADING.matcher(prose(page))
                .results()
                .map(DocumentLinksTest::anchor)
                .collect(Collectors.toSet());
    }

    /** Returns a heading as it stands in addresses: small letters and digits, with hyphens for blanks. */
    private static String anchor(MatchResult heading) {
        return heading.group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static String prose(Path page) {
        return CODE.matcher(RepositoryFile.text(page)).replaceAll("");
    }
}
