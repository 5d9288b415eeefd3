package dev.headway.jobs.workspace;

/** The rule for a name that is one step of a path and nothing more. Stateless. */
final class Segment {
    private Segment() {}

    static String require(String what, String name) {
        if (!isSegment(name)) {
            throw new PathRefused(
                    PathRefused.Reason.NOT_A_NAME,
                    what + " '" + name + "' is not a name: it must not be empty, '.' or '..', nor hold / or \\");
        }
        return name;
    }

    static boolean isSegment(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == 0);
    }
}
