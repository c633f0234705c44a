package dev.melt.virtual.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneBodyTest {
    private final PhoneProfile pixel = PhoneProfiles.named("pixel8");
    private final PhoneBody body = new PhoneBody(pixel, 7);

    @Test
    void drawsMoreFromTheBatteryUnderLoad() {
        body.plug(false);
        double idle = after(1, 0).amperes();
        double busy = after(1, 1).amperes();

        assertThat(idle).isBetween(0.02, 0.3);
        assertThat(busy).isGreaterThan(idle + 1);
    }

    @Test
    void countsOutOfTheBatteryWhatTheCurrentSays() {
        body.plug(false);
        double before = body.state(0).milliampHours();
        double coulombs = 0;
        for (int i = 0; i < 3000; i++) {
            body.step(0.2, 0.5, 0.5);
            coulombs += body.state(0.5).amperes() * 0.2;
        }
        assertThat(before - body.state(0).milliampHours()).isCloseTo(coulombs / 3.6, within(1e-6));
    }

    @Test
    void chargesUntilItIsFullAndThenDrawsNothing() {
        body.level(0.999);
        PhoneState state = after(40_000, 0);

        assertThat(state.level()).isEqualTo(1);
        assertThat(state.amperes()).isZero();
        assertThat(state.statusWord()).isEqualTo("Full");
    }

    @Test
    void getsHotUnderLoadAndSlowsDown() {
        PhoneState cool = after(1, 1);
        PhoneState hot = after(1200, 1);

        assertThat(cool.thermalStatus()).isZero();
        assertThat(cool.cap()).isEqualTo(1);
        assertThat(hot.thermalStatus()).isGreaterThanOrEqualTo(2);
        assertThat(hot.cap()).isLessThan(1);
        assertThat(hot.chip()).isGreaterThan(hot.skin());
        assertThat(hot.cell()).isLessThan(hot.skin());
    }

    @Test
    void doesTheSameAgainForTheSameSeed() {
        PhoneBody twin = new PhoneBody(pixel, 7);
        for (int i = 0; i < 50; i++) {
            body.step(0.2, 0.3, 0.5);
            twin.step(0.2, 0.3, 0.5);
        }
        assertThat(body.state(0.3)).isEqualTo(twin.state(0.3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pixel8", "galaxy-s24", "xiaomi-14", "android-6"})
    void showsTheCurrentInTheVendorsUnitAndSign(String name) {
        PhoneProfile profile = PhoneProfiles.named(name);
        PhoneBody phone = new PhoneBody(profile, 1);
        phone.plug(false);
        phone.step(0.2, 1, 1);
        PhoneState state = phone.state(1);

        String shown = new LiveFiles(profile)
                .of(state, state)
                .get("/sys/class/power_supply/" + profile.battery().folder() + "/current_now");

        assertThat(Double.parseDouble(shown))
                .isCloseTo(
                        state.amperes()
                                * profile.battery().perAmpere()
                                * profile.battery().discharging(),
                        within(0.5));
    }

    private PhoneState after(int seconds, double load) {
        for (int i = 0; i < seconds * 5; i++) {
            body.step(0.2, load, 0);
        }
        return body.state(load);
    }
}
