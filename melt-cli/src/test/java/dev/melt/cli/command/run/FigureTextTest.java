package dev.melt.cli.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.telemetry.Unit;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTextTest {
    private final Locale before = Locale.getDefault();

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @CsvSource({
        "SECOND, 0.00039671, 396.7, us",
        "SECOND, 0.9994, 999.4, ms",
        "SECOND, 1.0, 1.000, s",
        "SECOND, 0, 0, ms",
        "BYTE, 999999, 1000, kB",
        "BYTE, 1000000, 1.000, MB",
        "BYTE, 1287000000, 1.287, GB",
        "TOKENS_PER_SECOND, 9024.4, 9024, tok/s",
        "TOKENS_PER_SECOND, 12345.6, 12346, tok/s",
        "JOULES_PER_TOKEN, 0.0123, 12.30, mJ/tok",
        "JOULE, 25.5, 25.50, J",
        "CELSIUS, -3.25, -3.250, \u00b0C",
        "HERTZ, 1804800000, 1805, MHz"
    })
    void showsFourDigitsInAUnitOfAHandySize(Unit unit, double value, String text, String symbol) {
        Locale.setDefault(Locale.GERMANY);

        FigureText.Scale scale = FigureText.scale(unit, value);

        assertThat(scale.text(value)).isEqualTo(text);
        assertThat(scale.symbol()).isEqualTo(symbol);
    }

    @Test
    void keepsTheScaleOfTheRow() {
        assertThat(FigureText.scale(Unit.SECOND, 0.9).text(1.1)).isEqualTo("1100");
    }
}
