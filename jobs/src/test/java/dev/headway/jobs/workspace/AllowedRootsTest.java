package dev.headway.jobs.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowedRootsTest {
    @TempDir
    Path temporary;

    private Path base;
    private Path root;
    private AllowedRoots roots;

    @BeforeEach
    void makeTree() throws IOException {
        base = temporary.toRealPath();
        root = Files.createDirectories(base.resolve("root"));
        Files.createDirectories(base.resolve("root-evil"));
        Files.createDirectories(base.resolve("outside/deep"));
        Files.writeString(root.resolve("a..b.txt"), "x");
        roots = new AllowedRoots(List.of(root));
    }

    @Test
    void letsPathsInsideThrough() {
        assertThat(require("root")).isEqualTo(root);
        assertThat(require("root/a..b.txt")).isEqualTo(root.resolve("a..b.txt"));
        assertThat(require("root/x/../y")).isEqualTo(root.resolve("y"));
        assertThat(require("outside/../root/z")).isEqualTo(root.resolve("z"));
        assertThat(require("root/none/of/this/exists")).isEqualTo(root.resolve("none/of/this/exists"));
        assertThat(require("root/./x//y/")).isEqualTo(root.resolve("x/y"));
    }

    @Test
    void refusesPathsThatLeadOutside() {
        assertRefused("outside", PathRefused.Reason.OUTSIDE);
        assertRefused("root/..", PathRefused.Reason.OUTSIDE);
        assertRefused("root/../outside", PathRefused.Reason.OUTSIDE);
        assertRefused("root-evil", PathRefused.Reason.OUTSIDE);
        assertThatThrownBy(() -> roots.require("/etc/passwd")).isInstanceOf(PathRefused.class);
        assertThatThrownBy(() -> roots.require("/../../etc")).isInstanceOf(PathRefused.class);
        assertThatThrownBy(() -> roots.require("")).isInstanceOf(PathRefused.class);
    }

    @Test
    void followsLinksBeforeItJudges() throws IOException {
        Files.createSymbolicLink(root.resolve("out"), base.resolve("outside"));
        Files.createSymbolicLink(root.resolve("relative-out"), Path.of("../outside/deep"));
        Files.createSymbolicLink(base.resolve("outside/in"), root);
        Files.createSymbolicLink(root.resolve("dangling"), base.resolve("outside/missing"));

        assertRefused("root/out", PathRefused.Reason.OUTSIDE);
        assertRefused("root/out/deep", PathRefused.Reason.OUTSIDE);
        assertRefused("root/relative-out", PathRefused.Reason.OUTSIDE);
        assertRefused("root/dangling", PathRefused.Reason.OUTSIDE);
        assertThat(require("outside/in/a..b.txt")).isEqualTo(root.resolve("a..b.txt"));
    }

    @Test
    void takesTheParentOfWhereALinkPointsTo() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), base.resolve("outside/deep"));
        Files.createDirectories(root.resolve("inner"));
        Files.createSymbolicLink(base.resolve("outside/in"), root.resolve("inner"));

        assertRefused("root/link/../secret", PathRefused.Reason.OUTSIDE);
        assertThat(require("outside/in/../file")).isEqualTo(root.resolve("file"));
    }

    @Test
    void allowsARootThatIsItselfALink() throws IOException {
        Path link = Files.createSymbolicLink(base.resolve("alias"), root);
        AllowedRoots byAlias = new AllowedRoots(List.of(link));

        assertThat(byAlias.require(root.resolve("x").toString())).isEqualTo(root.resolve("x"));
        assertThat(byAlias.require(link.resolve("x").toString())).isEqualTo(root.resolve("x"));
    }

    @Test
    void refusesWhatCannotBeFollowed() throws IOException {
        Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));

        assertRefused("root/loop", PathRefused.Reason.UNUSABLE);
        assertThatThrownBy(() -> roots.require(root + "/a\0b"))
                .isInstanceOfSatisfying(
                        PathRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(PathRefused.Reason.NUL));
    }

    private Path require(String relative) {
        return roots.require(base + "/" + relative);
    }

    private void assertRefused(String relative, PathRefused.Reason reason) {
        assertThatThrownBy(() -> require(relative))
                .isInstanceOfSatisfying(
                        PathRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
