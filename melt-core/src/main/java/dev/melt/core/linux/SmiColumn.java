package dev.melt.core.linux;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column of {@code nvidia-smi --query-gpu}.
 *
 * @param name as {@code --query-gpu} takes it
 * @param unit of a cell that writes none itself
 */
record SmiColumn(String name, SmiUnit unit) {
    private static final Pattern HEADING =
            Pattern.compile("([a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)*+)(?: \\[([A-Za-z%]+)\\])?");

    /** One word that is no other text. */
    private static final Pattern KNOWN =
            Pattern.compile("(?:name|index|uuid|serial|timestamp|pstate|count|pid)|[a-z0-9_]+[._][a-z0-9_.]+");

    private static final Map<String, String> WORDS = Map.of("gr", "graphics", "mem", "memory");

    /** Beginnings of names, the more particular first: what is measured, and in what where nothing says it. */
    private static final List<Group> GROUPS = List.of(
            new Group("clocks.max.", "frequency_max", SmiUnit.MEGAHERTZ),
            new Group("clocks.applications.", "frequency_applications", SmiUnit.MEGAHERTZ),
            new Group("clocks.default_applications.", "frequency_applications_default", SmiUnit.MEGAHERTZ),
            new Group("clocks.current.", "frequency", SmiUnit.MEGAHERTZ),
            new Group("clocks.", "frequency", SmiUnit.MEGAHERTZ),
            new Group("temperature.gpu.tlimit", "temperature_margin", SmiUnit.CELSIUS),
            new Group("temperature.", "temperature", SmiUnit.CELSIUS),
            new Group("utilization.", "utilisation", SmiUnit.PERCENT),
            new Group("memory.", "memory", SmiUnit.MEBIBYTE),
            new Group("fan.", "fan", SmiUnit.PERCENT),
            new Group("power.draw", "power", SmiUnit.WATT),
            new Group("power.limit", "power_limit", SmiUnit.WATT),
            new Group("total_energy_consumption", "energy", SmiUnit.MILLIJOULE));

    private static final Map<SmiUnit, String> BY_UNIT = Map.of(
            SmiUnit.WATT, "power",
            SmiUnit.MEGAHERTZ, "frequency",
            SmiUnit.MEBIBYTE, "memory",
            SmiUnit.PERCENT, "utilisation",
            SmiUnit.MILLIJOULE, "energy",
            SmiUnit.MICROSECOND, "duration");

    private record Group(String beginning, String quantity, SmiUnit unit) {}

    SmiColumn {
        requireNonNull(name, "name");
        requireNonNull(unit, "unit");
    }

    /** What a channel begins with and where it is measured. */
    record Meaning(String quantity, String site) {}

    /** The column below a heading such as {@code power.draw [W]}; empty for what is none. */
    static Optional<SmiColumn> ofHeading(String cell) {
        Matcher heading = HEADING.matcher(cell.strip());
        if (!heading.matches()) {
            return Optional.empty();
        }
        String name = heading.group(1).replace("clocks_throttle_reasons", "clocks_event_reasons");
        SmiUnit own = Optional.ofNullable(heading.group(2))
                .flatMap(SmiUnit::ofSymbol)
                .orElseGet(() -> group(name).map(Group::unit).orElse(SmiUnit.NONE));
        return Optional.of(new SmiColumn(name, own));
    }

    private static Optional<Group> group(String name) {
        return GROUPS.stream()
                .filter(group -> name.startsWith(group.beginning()))
                .findFirst();
    }

    /** Whether nvidia-smi knows such a column, by the form of its name. */
    boolean isLikely() {
        return KNOWN.matcher(name).matches();
    }

    /** Empty for a column of words. */
    Optional<Meaning> meaning() {
        Optional<Group> group = group(name);
        if (group.isPresent()) {
            String rest = name.substring(group.get().beginning().length());
            return Optional.of(new Meaning(group.get().quantity(), site(group.get(), rest)));
        }
        if (name.matches("enforced\\.power\\.limit|power\\.[a-z]+_limit")) {
            return Optional.of(new Meaning("power_limit", "gpu-" + name.replaceAll("\\.?power\\.?|_?limit", "")));
        }
        return Optional.ofNullable(BY_UNIT.get(unit)).map(quantity -> new Meaning(quantity, name));
    }

    private static String site(Group group, String rest) {
        if (group.quantity().equals("fan") || rest.isEmpty()) {
            return "gpu";
        }
        boolean ofPower = group.beginning().startsWith("power");
        return ofPower ? "gpu-" + rest.substring(1) : WORDS.getOrDefault(rest, rest);
    }
}
