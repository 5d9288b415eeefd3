package dev.headway.trainer.loop;

import dev.headway.trainer.progress.PointReceiver;
import dev.headway.trainer.progress.RunLog;
import dev.headway.trainer.progress.Ticker;
import java.time.Clock;

/**
 * What a run needs from outside its configuration; for the training thread.
 *
 * @param log where it tells what it does
 * @param clock the time of day, for the records
 * @param ticker the time that passes, for the speed
 * @param stop whether somebody asked to stop
 * @param receiver who gets every point of the metrics
 * @param threads the threads that the engine computes with
 */
public record RunContext(
        RunLog log, Clock clock, Ticker ticker, StopSignal stop, PointReceiver receiver, int threads) {}
