package dev.headway.jobs.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds processes of an attempt whose supervisor is gone. For any number of threads.
 *
 * <p>Two kinds of evidence count. A <em>mark</em>: the process carries the attempt's name and directory in its
 * environment, as everything that a supervisor starts does, even when it has left the group. And the <em>group</em>: the
 * process is in the group and session that the supervisor led. The kernel does not give a group's number out again while
 * a member lives, but it does once all are gone (a living process with the supervisor's id shows it); so the group alone counts only for a supervisor that this server has
 * seen alive, which leaves no time for that. What has left the group and has overwritten its environment is not found.
 */
final class Leftovers {
    private final ProcessTable processes;

    Leftovers(ProcessTable processes) {
        this.processes = processes;
    }

    List<ProcessStat> of(AttemptName name, Path directory, long supervisorPid, boolean groupCounts) throws IOException {
        List<String> marks = marks(name, directory);
        List<ProcessStat> living = processes.living();
        boolean groupIsOurs = groupCounts && living.stream().noneMatch(process -> process.pid() == supervisorPid);
        return living.stream()
                .filter(process -> (groupIsOurs && isInGroup(process, supervisorPid)) || isMarked(process, marks))
                .toList();
    }

    private static boolean isInGroup(ProcessStat process, long leader) {
        return process.group() == leader && process.session() == leader;
    }

    private boolean isMarked(ProcessStat process, List<String> marks) {
        String environment = "\0" + processes.environment(process.pid());
        return marks.stream().allMatch(environment::contains);
    }

    private static List<String> marks(AttemptName name, Path directory) {
        return List.of(
                mark(TrainerEnvironment.ATTEMPT, name.toString()),
                // The table is read byte by byte, so the path has to be compared that way.
                mark(
                        TrainerEnvironment.DIRECTORY,
                        new String(directory.toString().getBytes(UTF_8), ISO_8859_1)));
    }

    private static String mark(String variable, String value) {
        return "\0" + variable + "=" + value + "\0";
    }
}
