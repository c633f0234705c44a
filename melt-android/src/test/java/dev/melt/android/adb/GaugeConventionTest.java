package dev.melt.android.adb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.android.adb.AndroidLook.Reading;
import dev.melt.android.adb.GaugeConvention.Confidence;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaugeConventionTest {
    private static List<Reading> currents(long... raw) {
        return LongStream.of(raw)
                .mapToObj(current -> new Reading("/x", current, OptionalLong.empty()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "google,zuma,-350000,true,-1e-6",
        "samsung,exynos2400,-125,true,-1e-3",
        "xiaomi,sdm845,420000,true,1e-6",
        "unknown,unknown,-350000,true,-1e-6",
        "unknown,unknown,350,true,1e-3",
        "samsung,exynos2400,350000,true,1e-6",
    })
    void weighsTheMakerAndWhatTheReadingCanBe(
            String maker, String board, long raw, boolean discharging, double factor) {
        GaugeConvention found = GaugeConvention.settle(maker, board, currents(raw, raw, raw), discharging);
        assertThat(found.factor()).isEqualTo(factor);
    }

    @Test
    void takesASmallReadingOfAFullBatteryForWhatItIs() {
        GaugeConvention found = GaugeConvention.settle("google", "sdm670", currents(976, 976), false);
        assertThat(found.amperes()).isEqualTo(1e-6);
        assertThat(found.confidence()).isEqualTo(Confidence.KNOWN);
    }

    @Test
    void believesTheSignThatItSees() {
        GaugeConvention found = GaugeConvention.settle("google", "zuma", currents(350_000, 340_000), true);
        assertThat(found.dischargeSign()).isEqualTo(1);
        assertThat(found.confidence()).isEqualTo(Confidence.MEASURED);
    }

    @ParameterizedTest
    @CsvSource({"2900000,2899000,1", "2899000,2900000,-1"})
    void takesTheChargeCounterAsWitness(long first, long last, int sign) {
        List<Reading> readings = List.of(
                new Reading("/x", 350_000, OptionalLong.of(first)), new Reading("/x", 350_000, OptionalLong.of(last)));
        assertThat(GaugeConvention.settle("?", "?", readings, false).dischargeSign())
                .isEqualTo(sign);
    }

    @Test
    void learnsNothingOfTheSignWhileItCharges() {
        GaugeConvention found = GaugeConvention.settle("?", "?", currents(350_000, 340_000), false);
        assertThat(found.dischargeSign()).isEqualTo(-1);
        assertThat(found.confidence()).isEqualTo(Confidence.ASSUMED);
        assertThat(found.facts()).containsEntry("battery_current_unit", "uA").containsKey("battery_current_evidence");
    }
}
