package dev.headway.server.load;

import dev.headway.server.text.Shown;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The load as a command of the operator's tells it: a number from 0 to 100 on its standard output; asked by one thread. */
final class CommandLoad implements LoadSource {
    private static final Pattern PERCENT = Pattern.compile("(?:\\d{1,2}(?:\\.\\d{1,9})?|100(?:\\.0{1,9})?)(?:\\s*%)?");

    private final Inquiry inquiry;

    CommandLoad(String line, Map<String, String> environment, Duration patience) {
        this.inquiry = new Inquiry(List.of("/bin/sh", "-c", line), environment, patience);
    }

    @Override
    public Reading look() {
        Inquiry.Reply reply = inquiry.ask();
        if (reply instanceof Inquiry.Reply.Failed failed) {
            return new Reading.Unknown("DYNAMIC_LIMIT_COMMAND: " + failed.reason());
        }
        return level(((Inquiry.Reply.Said) reply).output().strip());
    }

    private static Reading level(String output) {
        if (!PERCENT.matcher(output).matches()) {
            return new Reading.Unknown(
                    "DYNAMIC_LIMIT_COMMAND printed \"" + Shown.of(output) + "\"; accepted is a number from 0 to 100");
        }
        return new Reading.Level(Double.parseDouble(output.replace("%", "").strip()));
    }
}
