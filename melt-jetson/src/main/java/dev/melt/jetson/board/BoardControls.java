package dev.melt.jetson.board;

import static dev.melt.core.agent.ShellQuoting.quote;

import dev.melt.core.device.Control;
import dev.melt.core.remote.ClockControls;
import dev.melt.core.remote.Restarting;
import dev.melt.core.remote.ShellControl;
import dev.melt.core.sysfs.KernelFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be set on a machine over SSH, in the order in which to set it: a Jetson's power mode comes first, because it changes what
 * the clocks may be; {@code jetson_clocks} then pins them. Nothing of it is set unless somebody asks. Who may not set something is told
 * by the machine, and the run says so.
 *
 * @param workdir where the clocks are kept that {@code jetson_clocks} found
 */
public record BoardControls(BoardLook look, String workdir) {
    private static final String FAN_SERVICE = "nvfancontrol";
    private static final String NO_TEGRA = "this is no Jetson";

    /** How it is restarted; empty where its user may not. */
    public static Optional<Restarting> restarting(BoardLook look) {
        return look.mayDoAll()
                ? Optional.of(
                        new Restarting(new BoardRights(look).wrap("systemctl reboot 2>/dev/null || reboot"), "echo 1"))
                : Optional.empty();
    }

    /** All of them. */
    public List<ShellControl> all() {
        List<ShellControl> all = new ArrayList<>();
        all.add(new PowerModeControl(look).control());
        List<String> processors = look.list("/sys/devices/system/cpu/cpufreq", "policy[0-9]+").stream()
                .map(policy -> KernelFiles.name(policy).replace("policy", "cpu"))
                .toList();
        all.addAll(ClockControls.of(processors, new BoardRights(look), Optional.empty()));
        all.add(clocks(processors));
        all.add(fan());
        return all;
    }

    private ShellControl clocks(List<String> processors) {
        Optional<String> program = look.program("jetson_clocks");
        Control control = new Control(
                "jetson_clocks",
                "on: every clock stands at the highest that the power mode allows",
                Optional.empty(),
                "on|off",
                Optional.empty(),
                true,
                program.isPresent() ? Optional.empty() : Optional.of(NO_TEGRA));
        String stored = quote(workdir + "/jetson_clocks.conf");
        String tool = quote(program.orElse("false"));
        String asRoot = new BoardRights(look).command(tool);
        // a file that is there is of an earlier call: the clocks that it would store now are pinned ones
        String on = "[ -s " + stored + " ] || " + asRoot + " --store " + stored + " && " + asRoot;
        String off = asRoot + " --restore " + stored + " && rm -f " + stored;
        return new ShellControl(
                control,
                processors.isEmpty() ? ShellControl.UNREADABLE : pinned(),
                value -> "mkdir -p " + quote(workdir) + " && { "
                        + (value.filter("on"::equals).isPresent() ? on : off) + "; }");
    }

    /** They are on where lowest and highest clock of everything are one: its own report is for root alone. */
    private String pinned() {
        String gpu = new ClockFiles(look)
                .gpu()
                .map(folder -> "; read -r A <" + quote(folder + "/min_freq") + " && read -r B <"
                        + quote(folder + "/max_freq") + " && { [ \"$A\" = \"$B\" ] || S=off; }")
                .orElse("");
        return "S=on; for P in /sys/devices/system/cpu/cpufreq/policy*; do read -r A <$P/scaling_min_freq;"
                + " read -r B <$P/scaling_max_freq; [ \"$A\" = \"$B\" ] || S=off; done" + gpu + "; echo $S";
    }

    private ShellControl fan() {
        Optional<String> pwm = drive();
        Control control = new Control(
                "fan",
                "0 to 255: its drive; auto: as the system's service has it",
                Optional.empty(),
                "auto|[0-9]{1,3}",
                Optional.empty(),
                false,
                pwm.isPresent() ? Optional.empty() : Optional.of("no fan that can be driven was found"));
        String file = quote(pwm.orElse("/dev/null"));
        BoardRights rights = new BoardRights(look);
        return new ShellControl(
                control,
                "if systemctl -q is-active " + FAN_SERVICE + " 2>/dev/null; then echo auto; else cat " + file + "; fi",
                value -> rights.wrap(
                        value.filter(number -> !number.equals("auto")).isPresent()
                                ? "systemctl stop " + FAN_SERVICE + " 2>/dev/null; echo " + quote(value.orElse(""))
                                        + " >" + file
                                : "systemctl start " + FAN_SERVICE));
    }

    /** The file of the fan's drive: of a hwmon chip, before L4T 34 of a driver of its own. */
    private Optional<String> drive() {
        return Stream.concat(
                        look.list("/sys/class/hwmon", "hwmon[0-9]+").stream()
                                .filter(chip -> look.line(chip + "/name")
                                        .filter("pwmfan"::equals)
                                        .isPresent())
                                .map(chip -> chip + "/pwm1"),
                        Stream.of("/sys/devices/pwm-fan/target_pwm"))
                .filter(file -> look.number(file).isPresent())
                .findFirst();
    }
}
