package dev.melt.virtual.ios.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A phone's battery and heat. */
class IphoneBodyTest {
    @ParameterizedTest
    @ValueSource(strings = {"iphone7", "iphone11", "iphone14pro", "iphone15pro", "iphone17"})
    void warmsAndEmptiesUnderLoadAndRecovers(String name) {
        IphoneProfile profile = IphoneProfiles.named(name);
        IphoneBody body = new IphoneBody(profile, 1);

        IphoneState before = body.state(false, false);
        live(body, 900, profile.processors(), false);
        IphoneState hot = body.state(false, false);
        live(body, 1500, 0, true);
        IphoneState after = body.state(true, true);

        assertThat(before.thermalState()).isZero();
        assertThat(hot.skin()).isGreaterThan(before.skin() + 8);
        assertThat(hot.thermalState()).isPositive();
        assertThat(hot.level()).isLessThan(before.level() - 0.02);
        assertThat(hot.amperes()).isPositive();
        assertThat(hot.volts()).isBetween(3.2, 4.2);
        assertThat(after.skin()).isLessThan(30);
        assertThat(after.thermalState()).isZero();
        assertThat(after.amperes()).isNegative();
        assertThat(after.level()).isGreaterThan(hot.level());
        assertThat(after.charging()).isTrue();
    }

    @Test
    void livesTheSameWithTheSameSeed() {
        IphoneProfile profile = IphoneProfiles.named("iphone14pro");
        IphoneBody one = new IphoneBody(profile, 5);
        IphoneBody other = new IphoneBody(profile, 5);
        live(one, 60, 3, false);
        live(other, 60, 3, false);

        assertThat(one.state(false, false)).isEqualTo(other.state(false, false));
    }

    private static void live(IphoneBody body, int seconds, double processors, boolean fed) {
        for (int i = 0; i < seconds; i++) {
            body.step(1, processors, fed);
        }
    }
}
