package dev.headway.server.throttle;

import java.util.Optional;

/**
 * How clients are told about limits; an immutable value.
 *
 * @param headers which header fields are sent
 * @param message what a refusal says; a sentence with the wait where there is none
 * @param documentation the page that a refusal points to
 */
public record Wording(HeaderStyle headers, Optional<Message> message, Optional<String> documentation) {}
