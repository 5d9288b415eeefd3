package dev.headway.server.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Turns texts into values and notes what cannot be turned; for one thread.
 *
 * <p>A text that is wrong becomes a problem, and reading goes on with the default, so that one start tells all problems.
 */
final class SettingReader {
    private static final Set<String> YES = Set.of("true", "1", "yes", "on");
    private static final Set<String> NO = Set.of("false", "0", "no", "off");

    private final Environment environment;
    private final Problems problems;

    SettingReader(Environment environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    boolean flag(Variable variable) {
        return value(variable, text -> {
            String word = text.strip().toLowerCase(Locale.ROOT);
            if (!YES.contains(word) && !NO.contains(word)) {
                throw new IllegalArgumentException("accepted are true, 1, yes, on and false, 0, no, off");
            }
            return YES.contains(word);
        });
    }

    int wholeNumber(Variable variable, int least, int most) {
        return value(variable, text -> wholeNumber(text, least, most));
    }

    /** Returns the number, or what a word for it stands for. */
    int wholeNumberOrAuto(Variable variable, int auto, int least, int most) {
        return value(variable, text -> text.strip().equals("auto") ? auto : wholeNumber(text, least, most));
    }

    double fraction(Variable variable) {
        return value(variable, text -> {
            BigDecimal number = decimal(text);
            if (number.signum() < 0 || number.compareTo(BigDecimal.ONE) >= 0) {
                throw new IllegalArgumentException("accepted are numbers from 0 to below 1");
            }
            return number.doubleValue();
        });
    }

    /** Returns so many seconds, with fractions of them, from 0 to a day. */
    Duration seconds(Variable variable) {
        return value(variable, text -> duration(text, 1, "seconds, 0 to 86400"));
    }

    /** Returns so many minutes, with fractions of them, more than none and at most sixty days. */
    Duration minutes(Variable variable) {
        return value(variable, text -> {
            Duration minutes = duration(text, 60, "minutes, more than 0 and at most 86400");
            if (minutes.isZero()) {
                throw new IllegalArgumentException("accepted are minutes, more than 0 and at most 86400");
            }
            return minutes;
        });
    }

    /** Returns what a text means to its own kind, whose complaint becomes the problem. */
    <T> T value(Variable variable, Function<String, T> parse) {
        Setting setting = environment.get(variable);
        try {
            return parse.apply(setting.text());
        } catch (IllegalArgumentException complaint) {
            problems.add(setting, String.valueOf(complaint.getMessage()));
            return parse.apply(variable.defaultText());
        }
    }

    /** Returns what a text means, or nothing when it is blank or not set. */
    <T> Optional<T> optional(Variable variable, Function<String, T> parse) {
        return value(variable, text -> text.isBlank() ? Optional.empty() : Optional.of(parse.apply(text.strip())));
    }

    /** Returns the elements between commas, without the blanks around them; blank ones are left out. */
    <T> List<T> list(Variable variable, Function<String, T> parse) {
        return value(variable, text -> {
            List<T> elements = new ArrayList<>();
            for (String element : text.split(",", -1)) {
                if (!element.isBlank()) {
                    elements.add(parse.apply(element.strip()));
                }
            }
            return elements;
        });
    }

    boolean isSet(Variable variable) {
        return environment.isSet(variable);
    }

    Setting setting(Variable variable) {
        return environment.get(variable);
    }

    Problems problems() {
        return problems;
    }

    static int wholeNumber(String text, int least, int most) {
        String digits = text.strip();
        boolean plain = digits.matches("-?[0-9]{1,18}");
        if (!plain || Long.parseLong(digits) < least || Long.parseLong(digits) > most) {
            throw new IllegalArgumentException("accepted are whole numbers from " + least + " to " + most);
        }
        return Integer.parseInt(digits);
    }

    private static Duration duration(String text, int unitSeconds, String accepted) {
        BigDecimal number = decimal(text);
        if (number.signum() < 0 || number.compareTo(BigDecimal.valueOf(86_400)) > 0) {
            throw new IllegalArgumentException("accepted are " + accepted);
        }
        return Duration.ofMillis(
                number.multiply(BigDecimal.valueOf(1_000L * unitSeconds)).longValue());
    }

    private static BigDecimal decimal(String text) {
        if (!text.strip().matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw new IllegalArgumentException("not a number such as 30 or 0.5");
        }
        return new BigDecimal(text.strip());
    }
}
