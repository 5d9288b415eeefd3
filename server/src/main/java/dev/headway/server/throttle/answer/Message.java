package dev.headway.server.throttle.answer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a refusal says, in words that somebody chose: text with places for the facts; immutable, so threads may share it.
 *
 * <pre>{@code
 * No more than {limit} of {endpoint}; come back in {retry_after} seconds.
 * }</pre>
 *
 * <p>The text is taken apart and escaped once, so that a flood of refusals only copies bytes.
 */
public final class Message {
    private static final int MAX_LENGTH = 1_000;
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

    private final String text;
    private final List<Part> parts;

    private enum Fact {
        LIMIT,
        RETRY_AFTER,
        ENDPOINT;

        static Optional<Fact> find(String name) {
            return Stream.of(values())
                    .filter(fact -> fact.name().equals(name.toUpperCase(Locale.ROOT)))
                    .findFirst();
        }
    }

    /** Text, and the fact that follows it, if one does. */
    private static final class Part {
        private final byte[] literal;
        private final Optional<Fact> fact;

        Part(String literal, Optional<Fact> fact) {
            byte[] quoted = new JsonBytes().text(literal).bytes();
            this.literal = Arrays.copyOfRange(quoted, 1, quoted.length - 1);
            this.fact = fact;
        }
    }

    private Message(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /**
     * Takes a text apart.
     *
     * @throws IllegalArgumentException for a place that is none, with its column, or a text that is too long
     */
    public static Message parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "it has " + text.length() + " characters; accepted are " + MAX_LENGTH + " at most");
        }
        List<Part> parts = new ArrayList<>();
        Matcher place = PLACE.matcher(text);
        int end = 0;
        while (place.find()) {
            Fact fact = Fact.find(place.group(1)).orElseThrow(() -> wrong(place.group(), place.start() + 1));
            parts.add(new Part(requirePlain(text, end, place.start()), Optional.of(fact)));
            end = place.end();
        }
        parts.add(new Part(requirePlain(text, end, text.length()), Optional.empty()));
        return new Message(text, parts);
    }

    /** Writes the message into a JSON string that is open. */
    void write(JsonBytes json, String limit, long retryAfter, byte[] endpoint) {
        for (Part part : parts) {
            json.octets(part.literal);
            if (part.fact.isPresent()) {
                switch (part.fact.get()) {
                    case LIMIT -> json.raw(limit);
                    case RETRY_AFTER -> json.number(retryAfter);
                    case ENDPOINT -> json.octets(endpoint);
                }
            }
        }
    }

    private static String requirePlain(String text, int from, int to) {
        for (int index = from; index < to; index++) {
            if (text.charAt(index) == '{' || text.charAt(index) == '}') {
                throw wrong(text.substring(index, index + 1), index + 1);
            }
        }
        return text.substring(from, to);
    }

    private static IllegalArgumentException wrong(String what, int column) {
        return new IllegalArgumentException("\"" + what + "\" at column " + column
                + " is no place for a fact; accepted are {limit}, {retry_after} and {endpoint}");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message message && text.equals(message.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
