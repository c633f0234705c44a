package dev.melt.android.control;

import static dev.melt.core.agent.ShellQuoting.quote;

import dev.melt.core.device.Control;
import dev.melt.core.remote.ClockControls;
import dev.melt.core.remote.Commands;
import dev.melt.core.remote.ShellControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What only root may change: a wake lock of the kernel, clocks, and whether the battery is charged. */
final class RootControls {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String LOCK = "melt";

    /** A day: a phone whose host never came back may sleep again. */
    private static final String LONGEST_LOCK_NANOS = "86400000000000";

    /**
     * A file that cuts what a charger brings.
     *
     * @param off what is written to run from the battery, or to stop charging
     * @param input whether the phone then draws from its battery, so that its gauge shows the load
     */
    private record ChargeSwitch(String path, String on, String off, boolean input) {}

    /** Of Qualcomm's, Google's, Samsung's and others' drivers, the ones that cut the input first. */
    private static final List<ChargeSwitch> SWITCHES = List.of(
            new ChargeSwitch("/sys/class/power_supply/battery/input_suspend", "0", "1", true),
            new ChargeSwitch("/sys/class/power_supply/usb/input_suspend", "0", "1", true),
            new ChargeSwitch("/sys/class/qcom-battery/input_suspend", "0", "1", true),
            new ChargeSwitch("/sys/kernel/debug/google_charger/input_suspend", "0", "1", true),
            // Pixel: charging ends at this share; a battery that is fuller feeds the phone
            new ChargeSwitch("/sys/devices/platform/google,charger/charge_stop_level", "100", "1", true),
            new ChargeSwitch("/sys/devices/platform/soc/soc:google,charger/charge_stop_level", "100", "1", true),
            new ChargeSwitch("/sys/class/power_supply/battery/charging_enabled", "1", "0", false),
            new ChargeSwitch("/sys/class/power_supply/battery/charge_disable", "0", "1", false),
            new ChargeSwitch("/sys/devices/platform/soc/soc:google,charger/charge_disable", "0", "1", false),
            new ChargeSwitch("/sys/devices/platform/google,charger/charge_disable", "0", "1", false),
            new ChargeSwitch("/sys/class/power_supply/battery/batt_slate_mode", "0", "1", false),
            new ChargeSwitch("/sys/class/power_supply/battery/op_disable_charge", "0", "1", false));

    private RootControls() {}

    static List<ShellControl> of(ControlSite site, Root root, Commands shell) {
        Optional<String> noRoot = root == Root.NONE
                ? Optional.of("it needs root: adb root, or a su that does not ask")
                : Optional.empty();
        List<ShellControl> all = new ArrayList<>();
        all.add(wakeLock(root, noRoot));
        all.addAll(ClockControls.of(site.policies(), root, noRoot));
        List<String> there = there(root, shell);
        all.add(charge(
                "charger_input",
                "off: the phone runs from its battery although plugged in",
                true,
                there,
                root,
                noRoot));
        all.add(charge(
                "charging",
                "off: the battery is not charged; the cable still feeds the phone",
                false,
                there,
                root,
                noRoot));
        return all;
    }

    private static ShellControl wakeLock(Root root, Optional<String> noRoot) {
        return new ShellControl(
                new Control(
                        "wake_lock",
                        "held: the kernel keeps the phone from sleeping, a day at the most",
                        Optional.of("held"),
                        "held|none",
                        Optional.empty(),
                        false,
                        noRoot),
                root.wrap("case \" $(cat /sys/power/wake_lock) \" in *\" " + LOCK
                        + " \"*) echo held ;; *) echo none ;; esac"),
                value -> root.wrap(
                        value.filter("held"::equals).isPresent()
                                ? "echo '" + LOCK + " " + LONGEST_LOCK_NANOS + "' >/sys/power/wake_lock"
                                : "echo " + LOCK + " >/sys/power/wake_unlock"));
    }

    private static ShellControl charge(
            String name, String about, boolean input, List<String> there, Root root, Optional<String> noRoot) {
        Optional<ChargeSwitch> found = SWITCHES.stream()
                .filter(one -> one.input() == input && there.contains(one.path()))
                .findFirst();
        Optional<String> obstacle = noRoot.or(
                () -> found.isPresent() ? Optional.empty() : Optional.of("no switch of this device's driver is known"));
        Control control = new Control(name, about, Optional.empty(), "on|off", Optional.empty(), false, obstacle);
        return found.map(
                        one -> new ShellControl(control, readSwitch(one, root), value -> writeSwitch(one, value, root)))
                .orElseGet(() -> new ShellControl(control, ShellControl.UNREADABLE, value -> "false"));
    }

    private static String readSwitch(ChargeSwitch one, Root root) {
        return root.wrap("case $(cat " + quote(one.path()) + ") in " + one.on() + ") echo on ;; " + one.off()
                + ") echo off ;; *) false ;; esac");
    }

    private static String writeSwitch(ChargeSwitch one, Optional<String> value, Root root) {
        String raw = value.filter("off"::equals).isPresent() ? one.off() : one.on();
        return root.wrap("echo " + raw + " >" + quote(one.path()));
    }

    private static List<String> there(Root root, Commands shell) {
        if (root == Root.NONE) {
            return List.of();
        }
        StringBuilder script = new StringBuilder();
        SWITCHES.forEach(one -> script.append("[ ! -f ")
                .append(quote(one.path()))
                .append(" ] || echo ")
                .append(quote(one.path()))
                .append('\n'));
        return shell.run(root.wrap(script.toString()), ANSWER).stdout().lines().toList();
    }
}
