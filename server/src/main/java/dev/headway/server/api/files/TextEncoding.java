package dev.headway.server.api.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The way in which a client wants to see the bytes of a file; an immutable value.
 *
 * <p>Names are those that Python accepts, in any case and with any of {@code -}, {@code _} and blank between their parts.
 *
 * @param name the name as the client wrote it
 * @param charset the encoding of the text; none for {@code binary}
 */
record TextEncoding(String name, Optional<Charset> charset) {
    private static final Pattern SEPARATORS = Pattern.compile("[-_ ]+");
    private static final Pattern LINE_ENDS = Pattern.compile("\r\n?");
    private static final String WITH_MARK = "utf-8-sig";
    private static final String MARK = "\ufeff";

    /** What Java calls otherwise; UTF-16 without a mark is little-endian in Python and big-endian in Java. */
    private static final Map<String, String> PYTHON_NAMES = Map.ofEntries(
            Map.entry("latin-1", "iso-8859-1"),
            Map.entry(WITH_MARK, "utf-8"),
            Map.entry("u8", "utf-8"),
            Map.entry("mbcs", "utf-8"),
            Map.entry("utf-16", "x-utf-16le-bom"),
            Map.entry("utf16", "x-utf-16le-bom"),
            Map.entry("utf-16-le", "utf-16le"),
            Map.entry("utf-16-be", "utf-16be"),
            Map.entry("utf-32-le", "utf-32le"),
            Map.entry("utf-32-be", "utf-32be"),
            Map.entry("mac-roman", "x-macroman"));

    /** Finds the encoding of that name. */
    static Optional<TextEncoding> find(String name) {
        if (name.equals("binary")) {
            return Optional.of(new TextEncoding(name, Optional.empty()));
        }
        String normal = normal(name);
        return charset(PYTHON_NAMES.getOrDefault(normal, normal))
                .map(charset -> new TextEncoding(name, Optional.of(charset)));
    }

    /** Returns the bytes as text with single line feeds, or in base64 if they are no text in this encoding. */
    Content decode(byte[] bytes) {
        return charset.flatMap(encoding -> text(bytes, encoding))
                .map(text -> new Content(withLineFeeds(withoutMark(text)), name))
                .orElseGet(() -> new Content(Base64.getEncoder().encodeToString(bytes), "base64"));
    }

    private static String normal(String name) {
        return SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
    }

    /** Only one name says that a mark of the byte order may stand in front; to all others it belongs to the text. */
    private String withoutMark(String text) {
        return text.startsWith(MARK) && normal(name).equals(WITH_MARK) ? text.substring(1) : text;
    }

    /** Most texts need no change, and a large one should not be copied for nothing. */
    private static String withLineFeeds(String text) {
        return text.indexOf('\r') < 0 ? text : LINE_ENDS.matcher(text).replaceAll("\n");
    }

    private static Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(byte[] bytes, Charset encoding) {
        try {
            return Optional.of(
                    encoding.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException noText) {
            return Optional.empty();
        }
    }

    /** The content of a file, and the encoding that was used in the end. */
    record Content(String text, String encoding) {}
}
