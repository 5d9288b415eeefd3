package dev.headway.server.caller.keys;

/**
 * Reads the files of keys of version 0.1: lines of a name and the SHA-256 of the key, with a blank between; stateless.
 *
 * <p>Empty lines and those that begin with {@code #} say nothing. Such users have no tier.
 */
final class KeyLines {
    private KeyLines() {}

    static void parse(String text, KeyEntries entries) {
        String[] lines = text.split("\\R", -1);
        boolean hasKeys = false;
        for (int number = 1; number <= lines.length; number++) {
            String line = lines[number - 1].strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                hasKeys = true;
                parse("line " + number, line.split("\\s+", -1), entries);
            }
        }
        if (!hasKeys) {
            entries.complain(
                    "has no keys in it, so nobody could use the training routes; ./headway keys add makes one");
        }
    }

    private static void parse(String place, String[] words, KeyEntries entries) {
        if (words.length == 2) {
            entries.add(place, words[0], "", words[1]);
        } else {
            entries.complain(place + ": not a name, a blank and the 64 digits of a SHA-256");
        }
    }
}
