package dev.headway.jobs.run;

/**
 * What is needed to start an attempt. Immutable.
 *
 * @param name which attempt
 * @param userId whose job it is
 * @param token the secret by which the trainer may report metrics
 */
public record AttemptOrder(AttemptName name, String userId, String token) {
    @Override
    public String toString() {
        return "order for " + name;
    }
}
