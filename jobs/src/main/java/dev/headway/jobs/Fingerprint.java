package dev.headway.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A digest by which a repeated request is known. For one thread and one request.
 *
 * <p>Everything that shapes the job goes in, each part with its length, so that no two requests look alike by where one
 * part ends. The order of keys in an object does not matter, as JSON says that it does not.
 */
final class Fingerprint {
    private final MessageDigest digest = sha256();

    private Fingerprint() {}

    static String of(JobRequest request) {
        Fingerprint fingerprint = new Fingerprint();
        fingerprint.add(request.userId());
        fingerprint.add(request.name().orElse(""));
        fingerprint.add(request.config().tree());
        fingerprint.add(request.dataset());
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    private void add(Dataset dataset) {
        if (dataset instanceof Dataset.Examples examples) {
            add("examples");
            examples.examples().forEach(this::add);
        } else if (dataset instanceof Dataset.File file) {
            add("file");
            add(file.path());
        } else {
            add("none");
        }
    }

    private void add(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            add("{" + members.size());
            members.forEach((name, value) -> {
                add(name);
                add(value);
            });
        } else if (node.isArray()) {
            add("[" + node.size());
            node.forEach(this::add);
        } else {
            add(node.toString());
        }
    }

    private void add(String part) {
        byte[] bytes = part.getBytes(UTF_8);
        digest.update((bytes.length + ":").getBytes(UTF_8));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
