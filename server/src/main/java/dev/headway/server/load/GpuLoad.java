package dev.headway.server.load;

import dev.headway.server.text.Shown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * The load of the GPUs, as {@code nvidia-smi} tells it; asked by one thread.
 *
 * <p>Of several cards it is the mean: while one of four computes there is room for jobs on the others. Cards that tell nothing, such as
 * one that has fallen off the bus, do not count. Cards that {@code CUDA_VISIBLE_DEVICES} hides from trainers are not asked.
 */
final class GpuLoad implements LoadSource {
    private static final String PROGRAM = "nvidia-smi";
    private static final Pattern CARDS =
            Pattern.compile("(?:\\d{1,4}|GPU-[0-9a-fA-F-]+)(?:,(?:\\d{1,4}|GPU-[0-9a-fA-F-]+))*");
    private static final Pattern PERCENT = Pattern.compile("\\d{1,2}|100");
    private static final Pattern LINES = Pattern.compile("\\R");

    private final Map<String, String> environment;
    private final Duration patience;

    GpuLoad(Map<String, String> environment, Duration patience) {
        this.environment = environment;
        this.patience = patience;
    }

    @Override
    public Reading look() {
        return Inquiry.find(PROGRAM, environment.getOrDefault("PATH", ""))
                .map(this::ask)
                .orElseGet(() -> new Reading.Unknown("there is no " + PROGRAM + " in PATH"));
    }

    private Reading ask(Path program) {
        Inquiry.Reply reply = new Inquiry(command(program), environment, patience).ask();
        if (reply instanceof Inquiry.Reply.Failed failed) {
            return new Reading.Unknown(PROGRAM + ": " + failed.reason());
        }
        return level(((Inquiry.Reply.Said) reply).output());
    }

    private List<String> command(Path program) {
        List<String> command = new ArrayList<>(
                List.of(program.toString(), "--query-gpu=utilization.gpu", "--format=csv,noheader,nounits"));
        visibleCards().ifPresent(cards -> command.add("--id=" + cards));
        return command;
    }

    private Optional<String> visibleCards() {
        return Optional.ofNullable(environment.get("CUDA_VISIBLE_DEVICES"))
                .filter(cards -> CARDS.matcher(cards).matches());
    }

    private static Reading level(String output) {
        OptionalDouble mean = LINES.splitAsStream(output)
                .map(String::strip)
                .filter(line -> PERCENT.matcher(line).matches())
                .mapToInt(Integer::parseInt)
                .average();
        return mean.isPresent()
                ? new Reading.Level(mean.getAsDouble())
                : new Reading.Unknown(
                        PROGRAM + " tells no utilization: it printed \"" + Shown.of(output.strip()) + "\"");
    }
}
