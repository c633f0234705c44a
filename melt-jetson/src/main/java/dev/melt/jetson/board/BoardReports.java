package dev.melt.jetson.board;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Texts of a machine's own programs that are kept beside a run, by the kind that {@code melt parse} reads. */
public final class BoardReports {
    private BoardReports() {}

    /** The commands for those that this machine has. */
    public static SortedMap<String, List<String>> commands(BoardLook look) {
        SortedMap<String, List<String>> commands = new TreeMap<>();
        commands.put("proc-meminfo", List.of("cat", "/proc/meminfo"));
        if (look.line("/etc/nv_tegra_release").isPresent()) {
            commands.put("nv-tegra-release", List.of("cat", "/etc/nv_tegra_release"));
        }
        look.program("nvpmodel").ifPresent(program -> commands.put("nvpmodel", List.of(program, "-q")));
        look.program("jetson_clocks")
                .filter(program -> look.mayDoAll())
                .ifPresent(program -> commands.put(
                        "jetson-clocks",
                        look.isRoot() ? List.of(program, "--show") : List.of("sudo", "-n", program, "--show")));
        return commands;
    }
}
