package dev.melt.jetson.board;

import dev.melt.core.device.Platform;
import dev.melt.core.engine.Abi;
import dev.melt.core.remote.FreeSpace;
import dev.melt.core.sysfs.CpuClusters;
import dev.melt.core.sysfs.MachineFacts;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is known of a machine over SSH. A fact that cannot be found is not among them. */
public record BoardFacts(BoardLook look) {
    private static final Pattern JAVA = Pattern.compile("version \"(?:1\\.)?([0-9]{1,3})");
    private static final int OLDEST_JAVA = 17;
    private static final Pattern TEGRA = Pattern.compile("nvidia,(tegra[0-9]{2,4})");

    /** By name, sorted. */
    public SortedMap<String, String> find() {
        TreeMap<String, String> facts = new TreeMap<>(new MachineFacts(look).find());
        facts.put("os", "Linux");
        put(facts, "arch", look.word("arch"));
        put(facts, "abi", abi());
        put(facts, "java", look.simulated("java").or(this::java));
        put(facts, "machine", look.word("model"));
        put(facts, "soc", soc());
        put(facts, "gpu", gpu());
        put(facts, "page_bytes", look.word("page").filter(said -> said.matches("[0-9]{1,9}")));
        FreeSpace.total(look.command("df").orElse(""))
                .ifPresent(bytes -> facts.put("storage_bytes", Long.toString(bytes)));
        // a power mode allows less than the hardware could: less than the mode is throttling
        facts.putAll(CpuClusters.maximumFrequencies(look, look.isTegra() ? "scaling_max_freq" : "cpuinfo_max_freq"));
        facts.putAll(new TegraFacts(look).find());
        return facts;
    }

    /** What tells this machine from its twins. */
    public Optional<String> serial() {
        return look.word("serial-number").or(() -> look.line("/etc/machine-id"));
    }

    /** A virtual board runs the programs of the machine that it is on. */
    private Optional<String> abi() {
        Optional<String> own =
                look.word("arch").flatMap(arch -> Abi.of(arch, Platform.LINUX)).map(Abi::word);
        Optional<String> host =
                look.simulated("abi").filter(abi -> own.filter(abi::equals).isEmpty());
        return host.isPresent() ? Optional.of(own.map(abi -> abi + ",").orElse("") + host.get()) : own;
    }

    /** One that is new enough for the embedded engine. */
    private Optional<String> java() {
        Matcher version = JAVA.matcher(look.command("java").orElse(""));
        return version.find() && Integer.parseInt(version.group(1)) >= OLDEST_JAVA
                ? look.program("java")
                : Optional.empty();
    }

    private Optional<String> soc() {
        return look.compatible().stream()
                .map(TEGRA::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .or(() -> look.compatible().stream()
                        .reduce((first, last) -> last)
                        .map(word -> word.replaceFirst(".*,", "")));
    }

    private Optional<String> gpu() {
        return look.word("nvidia-smi")
                .map(row -> row.split(",", -1))
                .filter(cells -> cells.length > 1 && Arrays.stream(cells).noneMatch(cell -> cell.contains("rror")))
                .map(cells -> cells[1].strip());
    }

    private static void put(Map<String, String> facts, String key, Optional<String> value) {
        value.filter(text -> !text.isBlank()).ifPresent(found -> facts.put(key, found));
    }
}
