package dev.headway.limiter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends signals to processes. */
final class Signals {

    private Signals() {}

    static void send(String name, long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start();
            assertThat(kill.onExit().get(30, TimeUnit.SECONDS).exitValue())
                    .as("kill -" + name)
                    .isZero();
        } catch (IOException | InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("kill -" + name + " " + pid, e);
        }
    }
}
