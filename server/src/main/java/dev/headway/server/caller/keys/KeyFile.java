package dev.headway.server.caller.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads files of keys; stateless. */
public final class KeyFile {
    private static final int MAX_BYTES = 16 << 20;

    private KeyFile() {}

    /**
     * Returns the keys in a file.
     *
     * @throws InvalidKeyFile with everything that is wrong with it, also when it cannot be read
     */
    public static KeyRing read(Path file) {
        return KeyRing.of(KeyFileText.parse(text(file)));
    }

    private static String text(Path file) {
        try (InputStream input = Files.newInputStream(file)) {
            byte[] bytes = input.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw invalid("it is larger than " + MAX_BYTES + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException missing) {
            throw invalid("there is no such file; ./headway keys add makes one");
        } catch (CharacterCodingException notUtf8) {
            throw invalid("it is not UTF-8");
        } catch (IOException unreadable) {
            throw invalid("it cannot be read: " + unreadable);
        }
    }

    private static InvalidKeyFile invalid(String problem) {
        return new InvalidKeyFile(List.of(problem));
    }
}
