package dev.melt.cli.command.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.problem.InvalidInputException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"500ms, 500", "90s, 90000", "2, 2000", "1.5s, 1500", "10min, 600000", "10m, 600000", "2h, 7200000"})
    void readsWhatPeopleWrite(String given, long millis) {
        assertThat(Durations.parse("--idle", given)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1s", "1 s", "1d", "1,5s", "NaN", "1e3", "9999999999s"})
    void refusesEverythingElse(String given) {
        assertThatThrownBy(() -> Durations.parse("--idle", given))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("500ms");
    }

    @ParameterizedTest
    @CsvSource({"59940, 59.9 s", "60000, 1 min 00 s", "3599000, 59 min 59 s", "3600000, 1 h 00 min"})
    void showsAHandyUnit(long millis, String text) {
        assertThat(Durations.show(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
