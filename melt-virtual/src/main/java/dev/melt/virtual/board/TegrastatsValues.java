package dev.melt.virtual.board;

import dev.melt.virtual.machine.Cluster;
import dev.melt.virtual.machine.OnlineProcessors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** What the script tegrastats says of a Jetson, as words for it to put in the order of its release. One thread uses it. */
final class TegrastatsValues {
    private final BoardProfile profile;
    private final Tegra tegra;
    private final Random noise;

    TegrastatsValues(BoardProfile profile, Tegra tegra, long seed) {
        this.profile = profile;
        this.tegra = tegra;
        this.noise = new Random(seed);
    }

    /** Assignments for a shell, one a line. */
    String of(
            BoardState now,
            BoardClocks.Shown clocks,
            OnlineProcessors online,
            Map<String, Long> rails,
            long availableKilobytes) {
        long used = (profile.memoryKilobytes() - availableKilobytes) / 1024;
        List<String> lines = new ArrayList<>();
        lines.add("RAM='" + used + "/" + profile.memoryKilobytes() / 1024 + "MB'");
        lines.add("LFB='" + Math.max(1, availableKilobytes / 1_000_000) + "x4MB'");
        lines.add("SWAP='0/" + profile.swapKilobytes() / 1024 + "MB (cached 0MB)'");
        lines.add("CPU='" + processors(now, clocks, online) + "'");
        lines.add("EMC='" + percent(now.memoryPower()) + "@" + mega(clocks.memoryHertz()) + "'");
        lines.add("GPU='" + percent(now.gpuLoad()) + "'");
        lines.add("GPUCLOCK='" + graphics(clocks) + "'");
        lines.add("TEMPS='" + temperatures(now) + "'");
        lines.add("RAILS='" + rails(rails) + "'");
        return String.join("\n", lines);
    }

    /** Threads fill one processor after the other. */
    private String processors(BoardState now, BoardClocks.Shown clocks, OnlineProcessors online) {
        double busy = now.cpuLoad() * online.count();
        List<String> words = new ArrayList<>();
        for (Map.Entry<Cluster, Long> one : clocks.cpuKilohertz().entrySet()) {
            int first = one.getKey().first();
            for (int i = first; i < first + one.getKey().count(); i++) {
                if (!online.isOnline(i)) {
                    words.add("off");
                    continue;
                }
                double share = Math.max(0, Math.min(1, busy));
                busy -= share;
                words.add(percent(Math.min(1, share + 0.02 * noise.nextDouble())) + "@" + one.getValue() / 1000);
            }
        }
        return String.join(",", words);
    }

    private String graphics(BoardClocks.Shown clocks) {
        String one = Long.toString(mega(clocks.gpuHertz()));
        if (tegra.generation() == Tegra.Generation.R32 || tegra.generation() == Tegra.Generation.R35) {
            return one;
        }
        return "[" + String.join(",", Collections.nCopies(tegra.gpu().parts(), one)) + "]";
    }

    /** Parts without power are shown by JetPack 5 alone. */
    private String temperatures(BoardState now) {
        List<String> words = new ArrayList<>();
        for (BoardProfile.Zone zone : profile.zones()) {
            double degrees = now.degrees(zone);
            boolean gated = zone.site() == BoardProfile.Site.UNREADABLE || degrees <= -256;
            if (!gated || tegra.generation() == Tegra.Generation.R35) {
                words.add(zone.type().split("[-_]", 2)[0] + "@" + (gated ? "-256" : celsius(degrees)) + "C");
            }
        }
        return String.join(" ", words);
    }

    /** JetPack 6 shows the first chip alone. */
    private String rails(Map<String, Long> rails) {
        List<String> words = new ArrayList<>();
        for (Tegra.Meter meter : tegra.meters()) {
            for (Tegra.Rail rail : meter.rails()) {
                Long milliwatts = rails.get(rail.label());
                if (milliwatts != null) {
                    words.add(rail.label() + " " + milliwatts);
                }
            }
            if (tegra.generation() == Tegra.Generation.R36) {
                break;
            }
        }
        return String.join(" ", words);
    }

    /** Without zeros at the end: {@code 42}, {@code 42.5}, {@code 47.906}. */
    private static String celsius(double degrees) {
        String text = String.format(Locale.ROOT, "%.3f", BoardFiles.millidegrees(degrees) / 1000.0);
        return text.replaceFirst("\\.?0+$", "");
    }

    private static String percent(double share) {
        return (int) Math.floor(share * 100) + "%";
    }

    private static long mega(long hertz) {
        return hertz / 1_000_000;
    }
}
