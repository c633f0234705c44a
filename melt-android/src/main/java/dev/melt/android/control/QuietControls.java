package dev.melt.android.control;

import dev.melt.core.device.Control;
import dev.melt.core.remote.ShellControl;
import java.util.List;
import java.util.Optional;

/** What else a phone does of its own accord: radios, saving power, other programs; and clocks that hold still. */
final class QuietControls {
    /** API levels of Android 9, 10 and 11. */
    private static final int PIE = 28;

    private static final int TEN = 29;
    private static final int ELEVEN = 30;

    private QuietControls() {}

    static List<ShellControl> of(ControlSite site) {
        return List.of(
                batterySaver(site), doze(), backgroundProcesses(site), fixedPerformance(site), airplaneMode(site));
    }

    private static ShellControl batterySaver(ControlSite site) {
        SettingsTable row = new SettingsTable("global", "low_power");
        return new ShellControl(
                control("battery_saver", "1 slows the phone down", Optional.of("0"), "[01]"),
                row.read(),
                value -> value.filter(v -> site.sdk() >= PIE)
                        .map(v -> "cmd power set-mode " + v)
                        .orElseGet(() -> row.write().apply(value)));
    }

    /** Of Android 7 and newer; it does not outlive a restart. */
    private static ShellControl doze() {
        return new ShellControl(
                control("doze", "1 lets a phone at rest stop its programs", Optional.of("0"), "[01]"),
                "dumpsys deviceidle enabled | grep -x '[01]'",
                value -> "dumpsys deviceidle " + (value.filter("0"::equals).isPresent() ? "disable" : "enable"));
    }

    /** Before Android 10 there is no limit that the shell could set: what lies in the background is ended once. */
    private static ShellControl backgroundProcesses(ControlSite site) {
        String end = "am kill-all";
        if (site.sdk() < TEN) {
            return new ShellControl(
                    control("background_processes", "0 ends what lies in the background", Optional.of("0"), "0"),
                    ShellControl.UNREADABLE,
                    value -> value.isPresent() ? end : "true");
        }
        String row = "activity_manager max_cached_processes";
        return new ShellControl(
                control(
                        "background_processes",
                        "how many may be kept; 0 ends what lies in the background",
                        Optional.of("0"),
                        "[0-9]{1,4}"),
                "device_config get " + row,
                value -> value.map(v -> "device_config put " + row + " " + v + " && " + end)
                        .orElse("device_config delete " + row));
    }

    /** The power HAL says whether it can; nothing tells whether it does. */
    private static ShellControl fixedPerformance(ControlSite site) {
        Control control = new Control(
                "fixed_performance",
                "true: lower clocks that the phone can hold",
                Optional.empty(),
                "true|false",
                Optional.of("false"),
                true,
                site.sdk() >= ELEVEN ? Optional.empty() : Optional.of("it needs Android 11"));
        return new ShellControl(
                control,
                ShellControl.UNREADABLE,
                value -> "cmd power set-fixed-performance-mode-enabled " + value.orElse("false"));
    }

    /** Last of all, and first to be put back. */
    private static ShellControl airplaneMode(ControlSite site) {
        Optional<String> obstacle = site.overRadio()
                ? Optional.of("the link goes over the air and would end")
                : site.sdk() >= ELEVEN
                        ? Optional.empty()
                        : Optional.of("before Android 11 the shell may not switch it");
        return new ShellControl(
                new Control(
                        "airplane_mode",
                        "1 switches the radios off",
                        Optional.of("1"),
                        "[01]",
                        Optional.empty(),
                        false,
                        obstacle),
                new SettingsTable("global", "airplane_mode_on").read(),
                value -> "cmd connectivity airplane-mode "
                        + (value.filter("1"::equals).isPresent() ? "enable" : "disable"));
    }

    private static Control control(String name, String about, Optional<String> usual, String accepts) {
        return new Control(name, about, usual, accepts, Optional.empty(), false, Optional.empty());
    }
}
