package dev.headway.limiter.redis;

import dev.headway.limiter.Receipt;
import io.lettuce.core.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Permits of several keys that are given back by one script, in one round trip. Immutable; threads may share it. */
final class JointRefund {
    private final Gateway gateway;
    private final List<RedisReceipt> receipts;

    private JointRefund(Gateway gateway, List<RedisReceipt> receipts) {
        this.gateway = gateway;
        this.receipts = receipts;
    }

    /** Returns the refund of all these receipts, or nothing if one script cannot do it: if they are of several stores, slots, or for one key. */
    static Optional<JointRefund> of(List<Receipt> receipts, Gateway gateway) {
        List<RedisReceipt> known = receipts.stream()
                .filter(RedisReceipt.class::isInstance)
                .map(RedisReceipt.class::cast)
                .filter(receipt -> receipt.book().gateway() == gateway)
                .toList();
        boolean fit = known.size() > 1
                && known.size() == receipts.size()
                && haveKeysOfTheirOwn(known)
                && areReached(known, gateway);
        return fit ? Optional.of(new JointRefund(gateway, known)) : Optional.empty();
    }

    private static boolean haveKeysOfTheirOwn(List<RedisReceipt> receipts) {
        return receipts.stream().map(JointRefund::name).distinct().count() == receipts.size();
    }

    private static boolean areReached(List<RedisReceipt> receipts, Gateway gateway) {
        return !gateway.hasSlots()
                || receipts.stream()
                                .map(receipt -> SlotHash.getSlot(receipt.key()))
                                .distinct()
                                .count()
                        == 1;
    }

    private static String name(RedisReceipt receipt) {
        return new String(receipt.key(), StandardCharsets.UTF_8);
    }

    /** Gives all back that has not been given back before; returns whether there was something, and throws {@link StoreUnavailable}. */
    boolean make() {
        List<RedisReceipt> unused =
                receipts.stream().filter(RedisReceipt::tryUse).toList();
        if (unused.isEmpty()) {
            return false;
        }
        try {
            return send(unused).contains(1L);
        } catch (StoreUnavailable failure) {
            unused.forEach(receipt -> receipt.failed(failure));
            throw failure;
        }
    }

    private List<Object> send(List<RedisReceipt> unused) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(gateway.clock());
        unused.forEach(receipt -> receipt.addTo(arguments));
        List<byte[]> keys = unused.stream().map(RedisReceipt::key).toList();
        return Gateway.await(gateway.run(gateway.scripts().refundJointly(), keys, arguments));
    }
}
