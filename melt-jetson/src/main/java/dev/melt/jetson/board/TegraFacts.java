package dev.melt.jetson.board;

import dev.melt.jetson.parse.NvpModel;
import dev.melt.jetson.parse.TegraRelease;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is known of a Jetson alone: its software's version and its power modes. */
record TegraFacts(BoardLook look) {
    SortedMap<String, String> find() {
        TreeMap<String, String> facts = new TreeMap<>();
        release().ifPresent(release -> {
            facts.put("l4t", release.l4t());
            release.jetPack().ifPresent(jetPack -> facts.put("jetpack", jetPack));
        });
        look.command("nvpmodel")
                .flatMap(NvpModel::of)
                .ifPresent(mode -> facts.put("power_mode", PowerModeControl.plain(mode.name())));
        String modes = new PowerModeControl(look)
                .modes().stream()
                        .map(mode -> PowerModeControl.plain(mode.name()))
                        .collect(Collectors.joining(" "));
        if (!modes.isEmpty()) {
            facts.put("power_modes", modes);
        }
        return facts;
    }

    private Optional<TegraRelease> release() {
        return look.line("/etc/nv_tegra_release")
                .flatMap(TegraRelease::of)
                .or(() -> look.word("l4t-core").flatMap(TegraRelease::of));
    }
}
