package dev.headway.trainer;

import dev.headway.trainer.progress.Ticker;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/**
 * What the program uses of the machine it runs on; threads may share it.
 *
 * @param out where it prints
 * @param clock the time of day
 * @param ticker the time that passes
 * @param environment the environment variables
 */
record Machine(PrintStream out, Clock clock, Ticker ticker, Map<String, String> environment) {}
