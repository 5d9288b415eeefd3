package dev.headway.limiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims about the notation of limits. Threads do not share it. */
class LimitTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10/minute",
                "10 per minute",
                "10PER1MINUTES",
                " 10 / 1 Minute ",
                "10/1minute",
                "10 per minutes",
                "010/minute"
            })
    void readsTheSameLimitFromEveryForm(String text) {
        assertThat(Limit.parse(text)).isEqualTo(new Limit(10, 1, Unit.MINUTE));
    }

    @ParameterizedTest
    @CsvSource({
        "1/second, PT1S",
        "1/minute, PT1M",
        "1/hour, PT1H",
        "1/day, PT24H",
        "1/month, PT720H",
        "1/year, PT8640H",
        "1/5 second, PT5S",
        "1/100 year, PT864000H"
    })
    void knowsHowLongAWindowLasts(String text, Duration window) {
        assertThat(Limit.parse(text).window()).isEqualTo(window);
    }

    @ParameterizedTest
    @CsvSource({"10 PER 1 MINUTES, 10/minute, 10 per 1 minute", "2/5second, 2/5 second, 2 per 5 second"})
    void printsTheCanonicalFormAndTheWords(String text, String canonical, String words) {
        Limit limit = Limit.parse(text);

        assertThat(limit).hasToString(canonical);
        assertThat(limit.describe()).isEqualTo(words);
        assertThat(Limit.parse(limit.toString())).isEqualTo(limit);
        assertThat(Limit.parse(limit.describe())).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100/hour;10/minute",
                "100/hour,10/minute",
                "100/hour|10/minute",
                " 100 per hour ; 10 per minute "
            })
    void readsSeveralLimitsInTheirOrder(String text) {
        assertThat(Limit.parseAll(text)).isEqualTo(List.of(Limit.of(100, Unit.HOUR), Limit.of(10, Unit.MINUTE)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "10 per fortnite ~ unknown unit \"fortnite\" at column 8; try second, minute, hour, day, month, year",
                "10/minutess ~ unknown unit \"minutess\" at column 4; try second, minute, hour, day, month, year",
                "10/ ~ no unit at column 4; try second, minute, hour, day, month, year",
                "10/minute; ~ a limit is empty at column 11; write it like 10/minute, 10 per minute or 2/5 second",
                "1/hour;;2/day ~ a limit is empty at column 8; write it like 10/minute, 10 per minute or 2/5 second",
                ";1/hour ~ a limit is empty at column 1; write it like 10/minute, 10 per minute or 2/5 second",
                "ten/minute ~ no number at column 1; write it like 10/minute, 10 per minute or 2/5 second",
                "-1/minute ~ no number at column 1; write it like 10/minute, 10 per minute or 2/5 second",
                "10 minute ~ neither \"/\" nor \"per\" at column 4; write it like 10/minute, 10 per minute or 2/5 second",
                "10//minute ~ no unit at column 4; try second, minute, hour, day, month, year",
                "1.5/minute ~ neither \"/\" nor \"per\" at column 2; write it like 10/minute, 10 per minute or 2/5 second",
                "0/minute ~ the number is zero at column 1; a whole number from 1 to 2147483647 is accepted",
                "5 per 0 minute ~ the number is zero at column 7; a whole number from 1 to 2147483647 is accepted",
                "2147483648/day ~ the number 2147483648 is too large at column 1; a whole number from 1 to 2147483647 is accepted",
                "5/101 year ~ the window 101 year is too long at column 3; at most 100 year is accepted",
                "10/minute:5/hour ~ unexpected \":5/hour\" at column 10; join limits by , ; or |",
                "10/minute 5/hour ~ unexpected \"5/hour\" at column 11; join limits by , ; or |"
            })
    void saysWhatIsWrongAndWhere(String text, String complaint) {
        assertThatThrownBy(() -> Limit.parseAll(text))
                .isInstanceOf(LimitSyntaxException.class)
                .hasMessage("limit \"%s\": %s", text, complaint);
    }

    @Test
    void refusesAnEmptyText() {
        assertThatThrownBy(() -> Limit.parseAll("  "))
                .hasMessage(
                        "limit \"  \": a limit is empty at column 3; write it like 10/minute, 10 per minute or 2/5 second");
    }

    @Test
    void tellsTheColumnOfTheFault() {
        assertThatThrownBy(() -> Limit.parse("1/hour;2/day"))
                .isInstanceOfSatisfying(
                        LimitSyntaxException.class,
                        fault -> assertThat(fault.column()).isEqualTo(7))
                .hasMessageContaining("a second limit at column 7; one limit is accepted here");
    }

    @Test
    void refusesDigitsThatAreNotAscii() {
        assertThatThrownBy(() -> Limit.parse("١٠/minute")).hasMessageContaining("no number at column 1");
    }

    @Test
    void cannotBeMadeWithoutPermitsOrWindow() {
        assertThatThrownBy(() -> new Limit(0, 1, Unit.DAY)).hasMessage("a limit of 0 permits; at least 1 is accepted");
        assertThatThrownBy(() -> new Limit(1, -1, Unit.DAY)).hasMessage("a window of -1 day; at least 1 is accepted");
        assertThatThrownBy(() -> new Limit(1, Integer.MAX_VALUE, Unit.YEAR))
                .hasMessage("a window of 2147483647 year; at most 100 year (36000 day) is accepted");
    }
}
