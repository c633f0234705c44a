package dev.melt.jetson.board;

import static dev.melt.core.agent.ShellQuoting.quote;

import dev.melt.core.device.Control;
import dev.melt.core.remote.ShellControl;
import dev.melt.jetson.parse.PowerModes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A Jetson's power mode, by the names of {@code /etc/nvpmodel.conf} without their {@code MODE_}. Numbers differ between boards and are
 * not asked for. A mode that takes a restart of the board is refused: nobody restarts what is not his.
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
                value -> new BoardRights(look).wrap(set(tool, value.orElse(""))));
    }

    private String set(String tool, String name) {
        Optional<PowerModes.Mode> mode =
                modes().stream().filter(one -> plain(one.name()).equals(name)).findFirst();
        return mode.map(one -> "OUT=$(echo NO | " + tool + " -m " + one.id() + " 2>&1); RC=$?; echo \"$OUT\" >&2; "
                        + "case $OUT in *[Rr][Ee][Bb][Oo][Oo][Tt]' '[Rr]equired*) echo "
                        + quote("mode " + name
                                + " takes a restart of the board, which is left to you: sudo nvpmodel -m " + one.id())
                        + " >&2; exit 1 ;; esac; exit $RC")
                .orElse("echo " + quote("no power mode " + name + " in /etc/nvpmodel.conf") + " >&2; false");
    }
}
