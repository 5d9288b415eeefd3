package dev.headway.jobs.run;

/**
 * What the kernel says about a process. Immutable.
 *
 * @param pid its id
 * @param state its state, one letter
 * @param group its process group
 * @param session its session
 * @param start when it began, in clock ticks since the boot
 */
record ProcessStat(long pid, char state, long group, long session, long start) {
    private static final int STATE = 0;
    private static final int GROUP = 2;
    private static final int SESSION = 3;
    private static final int START = 19;

    /** Reads a line of {@code /proc/PID/stat}; the name in brackets may hold blanks and brackets itself. */
    static ProcessStat parse(String line) {
        long pid = Long.parseLong(line.substring(0, line.indexOf(' ')));
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return new ProcessStat(
                pid,
                fields[STATE].charAt(0),
                Long.parseLong(fields[GROUP]),
                Long.parseLong(fields[SESSION]),
                Long.parseLong(fields[START]));
    }

    /** A zombie has ended; it only waits for somebody to ask for its exit code. */
    boolean isAlive() {
        return state != 'Z' && state != 'X';
    }
}
