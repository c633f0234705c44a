package dev.melt.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeatSitesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "VIRTUAL-SKIN",
                "SKIN",
                "skin",
                "skin-therm",
                "skin_therm1",
                "skin-therm-usr",
                "xo-skin-therm",
                "quiet-therm",
                "quiet_therm",
                "quiet-therm-adc",
                "mtktsAP"
            })
    void knowsTheSkinByTheNamesThatMakersUse(String site) {
        assertThat(HeatSites.skin(temperatures("BIG", site, "battery")))
                .map(Channel::site)
                .contains(site);
    }

    @Test
    void takesTheBestOfSeveral() {
        assertThat(HeatSites.skin(temperatures("quiet-therm", "skin_therm1", "VIRTUAL-SKIN")))
                .map(Channel::site)
                .contains("VIRTUAL-SKIN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BIG", "VIRTUAL-SKIN-CHARGE", "skin-minus-usb", "battery", "xo_therm"})
    void takesNothingElseForTheSkin(String site) {
        assertThat(HeatSites.skin(temperatures(site))).isEmpty();
    }

    @Test
    void aSkinOfAnotherQuantityIsNone() {
        assertThat(HeatSites.skin(List.of(new Channel("cooling", "skin", Unit.RATIO, "x"))))
                .isEmpty();
    }

    @Test
    void theBatteryIsItsOwnGauge() {
        assertThat(HeatSites.battery(temperatures("BIG", "battery")))
                .map(Channel::site)
                .contains("battery");
        assertThat(HeatSites.battery(temperatures("BIG"))).isEmpty();
    }

    private static List<Channel> temperatures(String... sites) {
        return Stream.of(sites)
                .map(site -> new Channel("temperature", site, Unit.CELSIUS, "thermal-zone"))
                .toList();
    }
}
