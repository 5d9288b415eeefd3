package dev.headway.server.api.health;

import dev.headway.server.load.Inquiry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks {@code nvidia-smi} which GPUs there are; immutable, so threads may share it, though one asks at a time.
 *
 * <p>Where the program is missing, hangs, fails, or prints what is no list of names, no GPU can be used, and none of it is an error of
 * this server.
 */
final class GpuProbe {
    private static final Logger LOG = LoggerFactory.getLogger(GpuProbe.class);
    private static final int MAX_NAME_LENGTH = 100;
    private static final Pattern LINES = Pattern.compile("\\R");

    private final Optional<Inquiry> inquiry;

    private GpuProbe(Optional<Inquiry> inquiry) {
        this.inquiry = inquiry;
    }

    /** Looks for the program in the directories that PATH names among the variables of this server. */
    static GpuProbe in(Map<String, String> environment, Duration patience) {
        return new GpuProbe(Inquiry.find("nvidia-smi", environment.getOrDefault("PATH", ""))
                .map(program -> new Inquiry(question(program), environment, patience)));
    }

    /** Returns the GPUs that the program lists; blocks for as long as it is given. */
    Gpus probe() {
        return inquiry.map(Inquiry::ask).map(GpuProbe::gpus).orElse(Gpus.NONE);
    }

    private static List<String> question(Path program) {
        return List.of(program.toString(), "--query-gpu=name", "--format=csv,noheader");
    }

    private static Gpus gpus(Inquiry.Reply reply) {
        if (reply instanceof Inquiry.Reply.Said said) {
            return names(said.output());
        }
        LOG.debug("no GPU is known: {}", reply);
        return Gpus.NONE;
    }

    private static Gpus names(String output) {
        return new Gpus(LINES.splitAsStream(output)
                .map(String::strip)
                .filter(GpuProbe::isName)
                .toList());
    }

    /** Errors of the program are sentences with a colon or far longer than a name. */
    private static boolean isName(String line) {
        return !line.isEmpty()
                && line.length() <= MAX_NAME_LENGTH
                && line.chars().noneMatch(character -> character < ' ' || character == ':' || character == '\ufffd');
    }
}
