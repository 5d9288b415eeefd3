package dev.headway.limiter.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims about the library as the module that others require. Threads do not share it. */
class ModuleTest {
    private static final String PROGRAM = """
            package program;

            import dev.headway.limiter.Limit;
            import dev.headway.limiter.RateLimiter;
            import dev.headway.limiter.store.MemoryStore;
            import dev.headway.limiter.testing.ManualTicker;

            public final class Program implements java.util.function.Supplier<String> {
                public Program() {}

                @Override
                public String get() {
                    RateLimiter limiter = RateLimiter.builder()
                            .name("modular")
                            .limits(Limit.parse("1/minute"))
                            .store(MemoryStore.builder().ticker(new ManualTicker()).build())
                            .build();
                    return limiter.tryAcquire("key").allowed() + ", " + limiter.tryAcquire("key").allowed();
                }
            }
            """;

    @TempDir
    private Path directory;

    /** Neither the compiler nor the running program is given anything but the library: no annotations, no other jar. */
    @Test
    void isAllThatAModularProgramNeeds() throws Exception {
        List<String> complaints = compile(PROGRAM);

        assertThat(complaints).isEmpty();
        assertThat(run("program.Program")).isEqualTo("true, false");
    }

    @Test
    void keepsItsAlgorithmsToItself() throws Exception {
        List<String> complaints = compile(PROGRAM.replace(
                "import dev.headway.limiter.Limit;",
                "import dev.headway.limiter.Limit;\nimport dev.headway.limiter.algorithm.Moment;"));

        assertThat(complaints)
                .singleElement()
                .asString()
                .contains("package dev.headway.limiter.algorithm is declared in module dev.headway.limiter, "
                        + "which does not export it");
    }

    @Test
    void requiresNothingToRun() throws IOException {
        ModuleDescriptor library = library();

        assertThat(library.requires())
                .filteredOn(required -> !required.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactly("java.base");
    }

    static ModuleDescriptor library() throws IOException {
        try (var file = Files.newInputStream(Compilation.LIBRARY.resolve("module-info.class"))) {
            return ModuleDescriptor.read(file);
        }
    }

    private List<String> compile(String program) throws IOException {
        Path sources = Files.createDirectories(directory.resolve("sources"));
        Files.writeString(
                sources.resolve("module-info.java"),
                "module program { requires dev.headway.limiter; exports program; }");
        Files.writeString(sources.resolve("Program.java"), program);
        return Compilation.complaints(
                sources, directory.resolve("classes"), "-Xlint:all", "-cp", "", "-p", Compilation.LIBRARY.toString());
    }

    private Object run(String main) throws ReflectiveOperationException {
        ModuleFinder both = ModuleFinder.of(directory.resolve("classes"), Compilation.LIBRARY);
        Configuration resolved = ModuleLayer.boot().configuration().resolve(both, ModuleFinder.of(), Set.of("program"));
        ClassLoader loader = ModuleLayer.boot()
                .defineModulesWithOneLoader(resolved, ClassLoader.getPlatformClassLoader())
                .findLoader("program");
        return ((Supplier<?>) loader.loadClass(main).getConstructor().newInstance()).get();
    }
}
