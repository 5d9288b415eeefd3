package dev.headway.server.logging;

import dev.headway.server.caller.Caller;
import dev.headway.server.caller.User;
import dev.headway.server.caller.address.ClientAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names clients in log lines, showing as much of their addresses as may be shown; safe to share between threads.
 *
 * <p>A plain hash would hide nothing: there are only four billion addresses of IPv4, and all of them are hashed in a minute.
 * The one here has a key, made when the server starts and kept nowhere. A user with a key of its own is named as it is.
 */
public final class ClientMask {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int SHOWN_BYTES = 6;

    private final Disclosure disclosure;
    private final SecretKeySpec key;

    private ClientMask(Disclosure disclosure, byte[] key) {
        this.disclosure = disclosure;
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Returns a mask, with a new key for hashes. */
    public static ClientMask of(Disclosure disclosure) {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new ClientMask(disclosure, key);
    }

    /** Returns a client as log lines name it: {@code 203.0.113.7}, {@code 203.0.113.0/24}, {@code user alice at …}. */
    public String nameOf(Caller caller) {
        String address = address(caller.client().network());
        return caller.user()
                .map(User::name)
                .map(name -> "user " + name + " at " + address)
                .orElse(address);
    }

    private String address(ClientAddress address) {
        return switch (disclosure) {
            case FULL -> address.toString();
            case SHORT -> address.surroundings().toString();
            case HASH -> "client-" + hash(address);
            case NONE -> "somewhere";
        };
    }

    private String hash(ClientAddress address) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(address.high())
                    .putLong(address.low())
                    .array();
            return HexFormat.of().formatHex(mac.doFinal(bytes), 0, SHOWN_BYTES);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + ALGORITHM, missing);
        }
    }
}
