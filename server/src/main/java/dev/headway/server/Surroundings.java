package dev.headway.server;

import dev.headway.limiter.Ticker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;

/**
 * What a program finds around it, given once by {@link Main}; immutable.
 *
 * @param environment the variables of this process
 * @param home where the program is installed
 * @param directory the working directory, where relative words of TRAINER_COMMAND begin
 * @param clock the time of day
 * @param ticker the time by which limits and deadlines are measured
 * @param zone the zone in which times of files are written
 */
record Surroundings(
        Map<String, String> environment, Home home, Path directory, Clock clock, Ticker ticker, ZoneId zone) {
    Surroundings {
        environment = Map.copyOf(environment);
    }
}
