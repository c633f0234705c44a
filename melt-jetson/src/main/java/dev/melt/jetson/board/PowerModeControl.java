package dev.melt.jetson.board;

import static dev.melt.core.agent.ShellQuoting.quote;

import dev.melt.core.device.Control;
import dev.melt.core.device.DeviceControls;
import dev.melt.core.remote.ShellControl;
import dev.melt.jetson.parse.PowerModes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A Jetson's power mode, by the names of {@code /etc/nvpmodel.conf} without their {@code MODE_}. Numbers differ between boards and are
 * not asked for. A mode that takes a restart of the board says so and changes nothing, unless a restart was allowed.
 */
record PowerModeControl(BoardLook look) {
    private static final String PREFIX = "MODE_";

    /** The modes in their order. */
    List<PowerModes.Mode> modes() {
        return look.text("/etc/nvpmodel.conf")
                .map(text -> PowerModes.of(text).modes())
                .orElse(List.of());
    }

    /** As it is shown and typed. */
    static String plain(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    ShellControl control() {
        Optional<String> program = look.program("nvpmodel");
        String names = modes().stream()
                .map(mode -> plain(mode.name()).replaceAll("[^A-Za-z0-9_-]", "\\\\$0"))
                .collect(Collectors.joining("|"));
        Control control = new Control(
                "power_mode",
                "how much the board may draw, and with it its clocks and cores",
                Optional.empty(),
                names.isEmpty() ? "[A-Za-z0-9_.+-]{1,40}" : names,
                Optional.empty(),
                true,
                program.isPresent() ? Optional.empty() : Optional.of("this is no Jetson: there is no nvpmodel"));
        String tool = quote(program.orElse("false"));
        return new ShellControl(
                control,
                tool + " -q 2>/dev/null | sed -n 's/^.*NV Power Mode *: *\\(" + PREFIX + "\\)\\{0,1\\}//p' | head -n 1",
                value -> set(new BoardRights(look).command(tool), value.orElse("")),
                Optional.of(value -> restartInto(new BoardRights(look).command(tool), value.orElse(""))));
    }

    private Optional<Integer> number(String name) {
        return modes().stream()
                .filter(one -> plain(one.name()).equals(name))
                .map(PowerModes.Mode::id)
                .findFirst();
    }

    private String set(String tool, String name) {
        return number(name)
                .map(id -> "OUT=$(echo NO | " + tool + " -m " + id + " 2>&1); RC=$?; case $OUT in "
                        + "*[Rr][Ee][Bb][Oo][Oo][Tt]' '[Rr]equired*) echo "
                        + quote("mode " + name + " takes a restart of the board (nvpmodel -m " + id + ")")
                        + " >&2; exit " + DeviceControls.NEEDS_RESTART + " ;; esac; echo \"$OUT\" >&2; exit $RC")
                .orElseGet(() -> unknown(name));
    }

    /** nvpmodel keeps the number and restarts the board; the mode is that of the next start. */
    private String restartInto(String tool, String name) {
        return number(name).map(id -> "echo YES | " + tool + " -m " + id).orElseGet(() -> unknown(name));
    }

    private static String unknown(String name) {
        return "echo " + quote("no power mode " + name + " in /etc/nvpmodel.conf") + " >&2; false";
    }
}
