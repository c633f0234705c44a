package dev.melt.virtual.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.melt.virtual.android.VirtualAndroid.Options;
import dev.melt.virtual.box.Box;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written into a virtual phone's kernel files and given to its services takes effect, or is refused as on a real one. */
class PhoneControlTest extends WithPhones {
    private static final String POLICY = "/sys/devices/system/cpu/cpufreq/policy";

    @Test
    void onlyRootSetsClocks() throws Exception {
        assumeTrue(Box.hasUsers(), "only root can give the shell another user");
        VirtualAndroid sold = start("pixel8", Options.PLAIN);
        String governor = POLICY + "8/scaling_governor";
        assertThat(adb.shell(
                        sold,
                        "echo performance >" + governor + "; echo melt >/sys/power/wake_lock; cat " + governor
                                + "; cat '/sys/devices/platform/google,charger/charge_stop_level'"))
                .contains("sched_pixel")
                .containsPattern("(?s)Permission denied.*Permission denied.*Permission denied");
    }

    @Test
    void clocksStayAsTheyWereWritten() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN.withRoot());
        adb.shell(phone, "cd " + POLICY + "8 && echo 1298000 >scaling_max_freq && echo performance >scaling_governor");
        awaitText(phone, "cat " + POLICY + "8/scaling_cur_freq", "1298000");

        adb.shell(phone, "cd " + POLICY + "8 && echo nonsense >scaling_governor && echo 99999999 >scaling_max_freq");
        awaitText(
                phone, "cat " + POLICY + "8/scaling_governor " + POLICY + "8/scaling_max_freq", "performance\n2914000");
    }

    @Test
    void heatCapsWhatWasWritten() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN.withRoot());
        adb.shell(phone, "echo 2294000 >" + POLICY + "8/scaling_max_freq");
        phone.warm(50);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(number(phone, POLICY + "8/scaling_max_freq")).isLessThan(2294000));
        phone.warm(25);
        awaitText(phone, "cat " + POLICY + "8/scaling_max_freq", "2294000");
    }

    @Test
    void aRebootForgetsClocksAndLocks() throws Exception {
        VirtualAndroid phone = start("xiaomi-14", Options.PLAIN.withRoot());
        adb.shell(
                phone,
                "echo 1 >/sys/class/power_supply/battery/input_suspend; echo melt >/sys/power/wake_lock; echo powersave >"
                        + POLICY + "0/scaling_governor");
        awaitText(phone, "cat /sys/class/power_supply/battery/status", "Discharging");
        phone.reboot(Duration.ofMillis(100));
        adb.connect(phone);
        assertThat(adb.shell(
                        phone,
                        "cat /sys/class/power_supply/battery/input_suspend /sys/power/wake_lock " + POLICY
                                + "0/scaling_governor"))
                .isEqualTo("0\n\nwalt\n");
    }

    @ParameterizedTest
    @CsvSource({
        "xiaomi-14, /sys/class/power_supply/battery/input_suspend, 1, Discharging, 3",
        "android-6, /sys/class/power_supply/battery/charging_enabled, 0, Discharging, 3",
        "galaxy-s24, /sys/class/power_supply/battery/batt_slate_mode, 1, Not charging, 4",
        "pixel8, '/sys/devices/platform/google,charger/charge_stop_level', 5, Discharging, 3",
        "pixel8, '/sys/devices/platform/google,charger/charge_stop_level', 80, Not charging, 4"
    })
    void rootStopsTheCharger(String profile, String file, String off, String status, int number) throws Exception {
        VirtualAndroid phone = start(profile, Options.PLAIN.withRoot());
        String normal = adb.shell(phone, "cat '" + file + "'").strip();
        String read = "cat /sys/class/power_supply/battery/status";
        assertThat(adb.shell(phone, read)).isEqualTo("Charging\n");

        adb.shell(phone, "echo " + off + " >'" + file + "'");
        awaitText(phone, read, status);
        assertThat(adb.shell(phone, "dumpsys battery")).contains("  USB powered: true\n", "  status: " + number + "\n");
        assertThat(number(phone, "/sys/class/power_supply/battery/current_now") == 0)
                .isEqualTo(number == 4);

        adb.shell(phone, "echo " + normal + " >'" + file + "'");
        awaitText(phone, read, "Charging");
    }

    @Test
    void aPixelTakesNoNoticeOfALevelThatIsNone() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN.withRoot());
        String file = "'/sys/devices/platform/google,charger/charge_stop_level'";
        adb.shell(phone, "echo 0 >" + file);
        awaitText(phone, "cat " + file, "100");
    }

    @Test
    void rootHoldsWakeLocks() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN.withRoot());
        adb.shell(phone, "echo melt >/sys/power/wake_lock; sleep 0.5; echo 'short 1500000000' >/sys/power/wake_lock");
        awaitText(phone, "cat /sys/power/wake_lock", "melt short");
        assertThat(adb.shell(phone, "dumpsys power")).contains("Wake Locks: size=2", "PARTIAL_WAKE_LOCK  'melt'");
        awaitText(phone, "cat /sys/power/wake_lock", "melt");
        adb.shell(phone, "echo melt >/sys/power/wake_unlock");
        awaitText(phone, "cat /sys/power/wake_lock /sys/power/wake_unlock", "melt");
        assertThat(adb.shell(phone, "cat /sys/power/wake_lock")).isEqualTo("\n");
        assertThat(adb.shell(phone, "dumpsys power")).contains("Wake Locks: size=0");
    }

    @Test
    void fixedPerformanceLowersTheHighestClock() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN);
        assertThat(adb.on(phone, "shell", "cmd power set-fixed-performance-mode-enabled true")
                        .exitCode())
                .isZero();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(number(phone, POLICY + "8/scaling_max_freq")).isLessThan(2914000));
        assertThat(adb.shell(phone, "dumpsys power")).contains("mFixedPerformanceModeEnabled=true");
        adb.shell(phone, "cmd power set-fixed-performance-mode-enabled false");
        awaitText(phone, "cat " + POLICY + "8/scaling_max_freq", "2914000");
    }

    @Test
    void fixedPerformanceIsRefusedWhereTheHalHasNone() throws Exception {
        VirtualAndroid phone = start("galaxy-s24", Options.PLAIN);
        RealAdb.Said said = adb.on(phone, "shell", "cmd power set-fixed-performance-mode-enabled true");
        assertThat(said.exitCode()).isEqualTo(255);
        assertThat(said.text())
                .contains(
                        "Failed to set FIXED_PERFORMANCE mode",
                        "This is likely because Power HAL AIDL is not implemented on this device");
    }

    @Test
    void batterySaverDoesNotComeOnWhileAXiaomiIsCharged() throws Exception {
        VirtualAndroid phone = start("xiaomi-14", Options.PLAIN);
        String set = "cmd power set-mode 1; echo $?; settings get global low_power";
        assertThat(adb.shell(phone, set)).isEqualTo("0\n0\n");
        phone.plug(false);
        assertThat(adb.shell(phone, set)).isEqualTo("0\n1\n");
        assertThat(adb.shell(phone, "cmd power set-mode 0; settings get global low_power"))
                .isEqualTo("0\n");
    }

    @Test
    void settingsAreDeniedWhereTheOwnerHasNotAllowedThem() throws Exception {
        VirtualAndroid phone = start("xiaomi-14", Options.PLAIN.withDeniedSettings());
        RealAdb.Said said = adb.on(phone, "shell", "settings put global window_animation_scale 0");
        assertThat(said.exitCode()).isEqualTo(255);
        assertThat(said.text()).contains("java.lang.SecurityException: Permission denial", "WRITE_SECURE_SETTINGS");
        assertThat(adb.shell(
                        phone,
                        "settings get global window_animation_scale; svc power stayon true; "
                                + "settings get global stay_on_while_plugged_in"))
                .isEqualTo("1.0\n7\n");
    }

    @Test
    void fallsAsleepWhenNobodyTouchesIt() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN);
        String read = "dumpsys power | grep mWakefulness=";
        adb.shell(phone, "settings put system screen_off_timeout 300");
        awaitText(phone, read, "  mWakefulness=Asleep");

        adb.shell(phone, "svc power stayon usb; input keyevent 224; sleep 1.5");
        assertThat(adb.shell(phone, read)).isEqualTo("  mWakefulness=Awake\n");
        phone.plug(false);
        awaitText(phone, read, "  mWakefulness=Asleep");

        adb.shell(phone, "settings put system screen_off_timeout 2147483647; input keyevent KEYCODE_WAKEUP; sleep 1");
        assertThat(adb.shell(phone, read)).isEqualTo("  mWakefulness=Awake\n");
        assertThat(adb.shell(phone, "input keyevent 223; " + read)).isEqualTo("  mWakefulness=Asleep\n");
    }

    @Test
    void obeysWordsAndSaysWhatItDoesNotKnow() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN);
        PhoneRemote remote = new PhoneRemote(phone);
        assertThat(remote.obey("plug off; level 0.25")).isEmpty();
        assertThat(adb.shell(phone, "dumpsys battery")).contains("  USB powered: false\n", "  level: 25\n");
        assertThat(remote.obey("fly; plug sideways; level much; jump 5; warm 30"))
                .hasSize(4)
                .anySatisfy(said -> assertThat(said).contains("'fly' is none of: plug on|off"))
                .anySatisfy(said -> assertThat(said).contains("on or off expected"))
                .anySatisfy(said -> assertThat(said).contains("a number expected"))
                .anySatisfy(said -> assertThat(said).contains("withWallClock"));
        assertThat(remote.obey("link off")).isEmpty();
        adb.await("offline");
        assertThat(remote.obey("link on")).isEmpty();
        adb.connect(phone);
    }

    @Test
    void aClockThatIsThisMachinesIsNotSet() throws Exception {
        VirtualAndroid phone = start("pixel8", Options.PLAIN);
        assertThatThrownBy(() -> phone.faults().jumpClock(Duration.ofHours(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("withWallClock");
    }

    private void awaitText(VirtualAndroid phone, String command, String text) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(adb.shell(phone, command).strip()).isEqualTo(text.strip()));
    }

    private long number(VirtualAndroid phone, String file) throws Exception {
        return Long.parseLong(adb.shell(phone, "cat " + file).strip());
    }
}
