package dev.headway.server.throttle.answer;

import java.net.URI;
import java.util.Optional;

/**
 * How clients are told about limits; an immutable value.
 *
 * @param headers which header fields are sent
 * @param message what a refusal says; a sentence with the wait where there is none
 * @param documentation the page that a refusal points to
 */
public record Wording(HeaderStyle headers, Optional<Message> message, Optional<String> documentation) {
    private static final String ACCEPTED = "accepted is an http or https URL";

    /**
     * Returns the address of a page, if it is one.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    public static String requirePage(String text) {
        try {
            if (text.matches("https?://.+") && URI.create(text).getHost() != null) {
                return text;
            }
        } catch (IllegalArgumentException noUri) {
            throw new IllegalArgumentException(ACCEPTED, noUri);
        }
        throw new IllegalArgumentException(ACCEPTED);
    }
}
