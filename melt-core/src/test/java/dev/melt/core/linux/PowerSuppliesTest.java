package dev.melt.core.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.linux.GaugeCurrent.Evidence;
import dev.melt.core.linux.GaugeCurrent.Sign;
import dev.melt.core.parse.SourceText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerSuppliesTest {
    private static PowerSupply only(String text) throws UnknownOutputException {
        return PowerSupplies.read(SourceText.of(text)).supplies().get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "battery, Discharging, 350000, 0.35, POSITIVE_DISCHARGES, STATUS",
        "battery, Discharging, -350000, 0.35, NEGATIVE_DISCHARGES, STATUS",
        "battery, Charging, -350000, -0.35, UNSETTLED, NONE",
        "battery, Full, 976, 0.000976, UNSETTLED, NONE",
        "bms, Charging, -350000, -0.35, POSITIVE_DISCHARGES, SOURCE",
        "maxfg, Charging, -350000, 0.35, NEGATIVE_DISCHARGES, SOURCE",
        "maxfg, Discharging, 350000, 0.35, POSITIVE_DISCHARGES, STATUS"
    })
    void settlesASignOnlyByEvidence(String name, String status, long raw, double amperes, Sign sign, Evidence evidence)
            throws UnknownOutputException {
        GaugeCurrent current = only("POWER_SUPPLY_NAME=" + name + "\nPOWER_SUPPLY_STATUS=" + status
                        + "\nPOWER_SUPPLY_CURRENT_NOW=" + raw + "\n")
                .current()
                .orElseThrow();

        assertThat(current.amperes()).isCloseTo(amperes, within(1e-12));
        assertThat(current.sign()).isEqualTo(sign);
        assertThat(current.signEvidence()).isEqualTo(evidence);
    }

    @ParameterizedTest
    @CsvSource({"19999, RULE", "-19999, RULE", "20000, SIZE", "-20000, SIZE"})
    void isSureOfTheUnitOnlyWhereMilliamperesMakeNoSense(long raw, Evidence evidence) throws UnknownOutputException {
        assertThat(only("STATUS=Charging\nCURRENT_NOW=" + raw + "\n")
                        .current()
                        .orElseThrow()
                        .unitEvidence())
                .isEqualTo(evidence);
    }

    @Test
    void keepsSuppliesApart() throws UnknownOutputException {
        PowerSupplies supplies = PowerSupplies.read(SourceText.of("""
                POWER_SUPPLY_NAME=usb
                POWER_SUPPLY_ONLINE=1
                POWER_SUPPLY_CURRENT_NOW=450000
                POWER_SUPPLY_NAME=battery
                POWER_SUPPLY_STATUS=Charging
                """));

        assertThat(supplies.supplies()).extracting(PowerSupply::site).containsExactly("usb", "battery");
        assertThat(supplies.supplies().get(0).current()).isEmpty();
    }

    @Test
    void readsSingleFiles() throws UnknownOutputException {
        PowerSupply battery = only("""
                /sys/class/power_supply/battery/status:Discharging
                /sys/class/power_supply/battery/current_now:120000
                """);

        assertThat(battery.current().orElseThrow().amperes()).isEqualTo(0.12);
    }

    @Test
    void countsANumberThatIsNone() throws UnknownOutputException {
        assertThat(PowerSupplies.read(SourceText.of("STATUS=Full\nTEMP=3x0\nCAPACITY=50\n"))
                        .skipped())
                .isEqualTo(1);
    }
}
