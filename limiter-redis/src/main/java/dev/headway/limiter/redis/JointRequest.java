package dev.headway.limiter.redis;

import dev.headway.limiter.Decision;
import dev.headway.limiter.SpaceClaim;
import io.lettuce.core.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A request for permits of several keys, all or none, in one script and one round trip. Immutable.
 *
 * <p>A script runs alone in Redis, looks at all keys before it writes any, and writes all or none; so nobody sees a part.
 */
final class JointRequest {
    private final Gateway gateway;
    private final List<Part> parts;

    /** One claim, as Redis is told of it. */
    private record Part(Book book, Shape shape, String name, int permits, boolean advisory) {
        static Part of(SpaceClaim claim, Gateway gateway) {
            if (!(claim.space() instanceof RedisSpace space) || space.book().gateway() != gateway) {
                throw new IllegalArgumentException("key \"" + claim.key() + "\" is claimed in another store; "
                        + "joint requests are accepted within one");
            }
            String name = new String(space.book().keys().of(claim.key()), StandardCharsets.UTF_8);
            return new Part(space.book(), space.shape(), name, claim.permits(), claim.advisory());
        }

        byte[] key() {
            return name.getBytes(StandardCharsets.UTF_8);
        }

        Decision decision(List<?> numbers) {
            return book.decision(new Answer(shape, numbers), shape, key(), permits);
        }
    }

    /** Throws {@link IllegalArgumentException} unless all claims are for different keys of the store that is asked so. */
    JointRequest(Gateway gateway, List<SpaceClaim> claims) {
        this.gateway = gateway;
        this.parts = claims.stream().map(claim -> Part.of(claim, gateway)).toList();
        if (parts.stream().map(Part::name).distinct().count() < parts.size()) {
            throw new IllegalArgumentException(
                    "a key is claimed twice of one limiter; one claim for the sum is accepted");
        }
        if (gateway.hasSlots()) {
            requireOneSlot(claims);
        }
    }

    private void requireOneSlot(List<SpaceClaim> claims) {
        for (int place = 1; place < parts.size(); place++) {
            if (SlotHash.getSlot(parts.get(place).name())
                    != SlotHash.getSlot(parts.get(0).name())) {
                throw new IllegalArgumentException("keys \"" + claims.get(0).key() + "\" and \""
                        + claims.get(place).key()
                        + "\" are in different slots of the Redis Cluster; joint requests are "
                        + "accepted for one key of several limiters");
            }
        }
    }

    /** Asks Redis; the future may fail with {@link StoreUnavailable}. */
    CompletableFuture<List<Decision>> send() {
        List<byte[]> keys = parts.stream().map(Part::key).toList();
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(gateway.clock());
        arguments.add(Shape.text(Question.TAKE.word()));
        for (Part part : parts) {
            part.book().addClaim(arguments, part.shape(), part.permits(), part.advisory());
        }
        return gateway.run(gateway.scripts().decideJointly(), keys, arguments).thenApply(this::decisions);
    }

    private List<Decision> decisions(List<Object> reply) {
        List<Decision> decisions = new ArrayList<>();
        for (int place = 0; place < parts.size(); place++) {
            decisions.add(parts.get(place).decision((List<?>) reply.get(place)));
        }
        return decisions;
    }
}
