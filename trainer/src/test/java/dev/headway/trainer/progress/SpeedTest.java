package dev.headway.trainer.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpeedTest {
    @Test
    void isUnknownBeforeTheFirstStep() {
        assertThat(new Speed().tokensPerSecond()).isNaN();
        assertThat(new Speed().samplesPerSecond()).isNaN();
    }

    @Test
    void isTokensByTimeAndForgetsTheDistantPast() {
        Speed speed = new Speed();

        speed.add(8, 100, 0.5);
        assertThat(speed.tokensPerSecond()).isEqualTo(200);
        assertThat(speed.samplesPerSecond()).isEqualTo(16);

        for (int step = 0; step < 200; step++) speed.add(8, 100, 0.25);
        assertThat(speed.tokensPerSecond()).isCloseTo(400, within(0.1));
    }

    @Test
    void countsTheSecondsOfItsTicker() {
        ManualTicker ticker = new ManualTicker();
        Stopwatch stopwatch = new Stopwatch(ticker);

        ticker.advance(Duration.ofMillis(1500));

        assertThat(stopwatch.seconds()).isEqualTo(1.5);
    }
}
