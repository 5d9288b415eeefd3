package dev.headway.jobs.run;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends signals to processes that have been identified just before. Stateless. */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    static void terminate(List<ProcessStat> targets) {
        targets.forEach(target -> ProcessHandle.of(target.pid()).ifPresent(ProcessHandle::destroy));
        // A stopped process receives its SIGTERM only when it goes on.
        targets.stream().filter(Signals::isStopped).forEach(target -> send("CONT", Long.toString(target.pid())));
    }

    static void kill(List<ProcessStat> targets) {
        targets.forEach(target -> ProcessHandle.of(target.pid()).ifPresent(ProcessHandle::destroyForcibly));
    }

    /** Reaches those too that are born meanwhile. */
    static void killGroup(long group) {
        send("KILL", "-" + group);
    }

    private static boolean isStopped(ProcessStat process) {
        return process.state() == 'T';
    }

    /** The shell's own kill, as a small Debian has no program of that name; dash needs the -s before a --. */
    private static void send(String signal, String target) {
        try {
            new ProcessBuilder("sh", "-c", "kill -s \"$1\" -- \"$2\" 2>/dev/null", "sh", signal, target)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            LOG.warn("signal not sent signal={} target={} reason={}", signal, target, e.toString());
        }
    }
}
