package dev.headway.server;

import java.util.Optional;

/** The version of this program; a constant. */
final class Version {
    /** As its jar says; {@code development} when it runs from class files. */
    static final String TEXT = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("development");

    private Version() {}
}
