package dev.headway.limiter.library;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What users of the library can name: the public types of its exported packages and their members, one line each. Immutable.
 *
 * <p>What every object has (equals, hashCode, toString) and what the compiler gives to every enum and record is left out.
 */
final class Surface {
    private static final String ROOT = "dev.headway.limiter.";
    private static final Set<String> OF_EVERY_OBJECT =
            Set.of("equals(Object)", "hashCode()", "toString()", "values()", "valueOf(String)");

    private final List<Class<?>> types;

    private Surface(List<Class<?>> types) {
        this.types = types;
    }

    /** Reads the surface of the classes that Maven compiled. */
    static Surface ofLibrary() throws IOException {
        List<Class<?>> types = ModuleTest.library().exports().stream()
                .map(ModuleDescriptor.Exports::source)
                .flatMap(Surface::topLevelTypes)
                .flatMap(Surface::withNested)
                .filter(type -> visible(type.getModifiers()))
                .toList();
        return new Surface(types);
    }

    /** Returns the names of the types, as {@code Decision.Allowed} or {@code store.MemoryStore}. */
    List<String> typeNames() {
        return types.stream().map(Surface::name).sorted().toList();
    }

    /** Returns one line for each type, followed by one for each of its members, all in alphabetical order. */
    List<String> lines() {
        return types.stream()
                .sorted(Comparator.comparing(Surface::name))
                .flatMap(Surface::lines)
                .toList();
    }

    private static Stream<Class<?>> topLevelTypes(String packageName) {
        Path directory = Compilation.LIBRARY.resolve(packageName.replace('.', '/'));
        try (Stream<Path> files = Files.list(directory)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.matches("\\w+\\.class"))
                    .<Class<?>>map(file -> load(packageName + "." + file.replace(".class", "")))
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Surface.class.getClassLoader());
        } catch (ClassNotFoundException gone) {
            throw new AssertionError(gone);
        }
    }

    private static Stream<Class<?>> withNested(Class<?> type) {
        if (!visible(type.getModifiers())) {
            return Stream.empty();
        }
        return Stream.concat(
                Stream.of(type), Arrays.stream(type.getDeclaredClasses()).flatMap(Surface::withNested));
    }

    private static Stream<String> lines(Class<?> type) {
        Stream<String> members = Stream.of(
                        Arrays.stream(type.getDeclaredFields())
                                .filter(Surface::visible)
                                .map(Surface::field),
                        Arrays.stream(type.getDeclaredConstructors())
                                .filter(Surface::visible)
                                .map(Surface::constructor),
                        Arrays.stream(type.getDeclaredMethods())
                                .filter(Surface::visible)
                                .filter(method -> !OF_EVERY_OBJECT.contains(call(method)))
                                .map(Surface::method))
                .flatMap(lines -> lines);
        return Stream.concat(Stream.of(kind(type)), members.sorted().map(line -> name(type) + line));
    }

    private static String kind(Class<?> type) {
        String kind = type.isRecord() ? "record" : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
        String sealed = type.isSealed() ? "sealed " : "";
        String open = kind.equals("class") && !Modifier.isFinal(type.getModifiers()) ? "open " : "";
        return name(type) + ": " + open + sealed + kind;
    }

    private static String field(Field field) {
        return "." + field.getName() + ": " + shortly(field.getGenericType());
    }

    private static String constructor(Constructor<?> constructor) {
        return parameters(constructor);
    }

    private static String method(Method method) {
        String fixed = Modifier.isStatic(method.getModifiers()) ? " static" : "";
        String must = Modifier.isAbstract(method.getModifiers()) ? " abstract" : "";
        return "." + call(method) + ": " + shortly(method.getGenericReturnType()) + fixed + must;
    }

    private static String call(Method method) {
        return method.getName() + parameters(method);
    }

    private static String parameters(Executable executable) {
        return Arrays.stream(executable.getGenericParameterTypes())
                .map(Surface::shortly)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String name(Class<?> type) {
        return type.getName().substring(ROOT.length()).replace('$', '.');
    }

    private static String shortly(Type type) {
        return type.getTypeName().replaceAll("\\b[a-z]\\w*\\.", "").replace('$', '.');
    }

    private static boolean visible(Member member) {
        return !member.isSynthetic() && visible(member.getModifiers());
    }

    private static boolean visible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
