package dev.headway.server.api.wire;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * JSON values in the words of Python, which the messages of this API quote: {@code ['q_proj']}, {@code None}, {@code
 * 1e-05}. Pure functions, safe for all threads.
 *
 * <p>Python has two ways to print a value. {@code str} is what an f-string uses, and leaves a string bare; {@code repr}
 * quotes it, and is what lists and dicts use for what is in them. A list prints the same both ways.
 */
public final class PythonText {
    private static final int SHORTEST_DOUBLE_DIGITS = 17;
    private static final int FIRST_EXPONENT_WRITTEN_OUT = 16;
    private static final int LAST_SMALL_EXPONENT = -4;

    private PythonText() {}

    /** Returns the value as an f-string prints it. */
    public static String str(JsonNode value) {
        return value.isString() ? value.stringValue() : repr(value);
    }

    /** Returns the value as a list prints its elements. */
    public static String repr(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> quote(value.stringValue());
            case BOOLEAN -> value.booleanValue() ? "True" : "False";
            case NUMBER -> number(value);
            case ARRAY -> array(value);
            case OBJECT -> object(value);
            default -> "None";
        };
    }

    /** Returns a list of strings as Python prints it. */
    public static String list(Collection<String> values) {
        return values.stream().map(PythonText::quote).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Returns the name of the type that Python reads this JSON value into. */
    public static String typeName(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "str";
            case BOOLEAN -> "bool";
            case NUMBER -> value.isIntegralNumber() ? "int" : "float";
            case ARRAY -> "list";
            case OBJECT -> "dict";
            default -> "NoneType";
        };
    }

    private static String array(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(PythonText::repr)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String object(JsonNode object) {
        return object.properties().stream()
                .map(entry -> quote(entry.getKey()) + ": " + repr(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String number(JsonNode number) {
        return number.isIntegralNumber()
                ? number.bigIntegerValue().toString()
                : number(number.decimalValue().doubleValue());
    }

    static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return "0.0";
        }
        return decimal(shortest(value));
    }

    /** The JDK of our oldest release prints some doubles with a digit too many, so the digits are searched for here. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < SHORTEST_DOUBLE_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(SHORTEST_DOUBLE_DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
    }

    private static String decimal(BigDecimal value) {
        int exponent = value.precision() - value.scale() - 1;
        if (exponent < LAST_SMALL_EXPONENT || exponent >= FIRST_EXPONENT_WRITTEN_OUT) {
            return scientific(value, exponent);
        }
        String plain = value.toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }

    private static String scientific(BigDecimal value, int exponent) {
        BigDecimal mantissa = value.movePointLeft(exponent).stripTrailingZeros();
        String sign = exponent < 0 ? "-" : "+";
        String magnitude = String.valueOf(Math.abs(exponent));
        return mantissa.toPlainString() + "e" + sign + (magnitude.length() == 1 ? "0" : "") + magnitude;
    }

    /** Returns a string in quotes: single ones, unless only double ones save an escape. */
    static String quote(String text) {
        char mark = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder quoted = new StringBuilder(text.length() + 2).append(mark);
        text.codePoints().forEach(point -> appendEscaped(quoted, point, mark));
        return quoted.append(mark).toString();
    }

    private static void appendEscaped(StringBuilder target, int point, char mark) {
        switch (point) {
            case '\n' -> target.append("\\n");
            case '\r' -> target.append("\\r");
            case '\t' -> target.append("\\t");
            case '\\' -> target.append("\\\\");
            default -> appendPrintable(target, point, mark);
        }
    }

    private static void appendPrintable(StringBuilder target, int point, char mark) {
        if (point == mark) {
            target.append('\\').append(mark);
        } else if (isPrintable(point)) {
            target.appendCodePoint(point);
        } else if (point <= 0xff) {
            target.append(String.format("\\x%02x", point));
        } else {
            target.append(String.format(point <= 0xffff ? "\\u%04x" : "\\U%08x", point));
        }
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }
}
