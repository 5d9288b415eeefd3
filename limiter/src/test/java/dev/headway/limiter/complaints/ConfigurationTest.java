package dev.headway.limiter.complaints;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.limiter.LimitSyntaxException;
import org.junit.jupiter.api.Test;

/** Complaints about limits that were wrong, or changed and nobody heeded it. Threads do not share it. */
class ConfigurationTest {
    private final Desk desk = new Desk();

    /** 55, slowapi#239: a wrong default limit crashed the first request that it should have refused. */
    @Test
    void refusesAWrongLimitWhenItIsMadeAndNotWhenItRefuses() {
        assertThatThrownBy(() -> desk.limiter("5 a minute"))
                .isInstanceOf(LimitSyntaxException.class)
                .hasMessageContaining("5 a minute");
        assertThatThrownBy(() -> desk.limiter("")).isInstanceOf(LimitSyntaxException.class);
    }
}
