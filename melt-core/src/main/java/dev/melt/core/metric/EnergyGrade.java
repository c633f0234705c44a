package dev.melt.core.metric;

import java.util.Locale;
import java.util.Set;

/** How far an energy figure can be trusted, by what measured it. */
public enum EnergyGrade {
    /** An external meter in the supply line. */
    A(
            "external meter",
            Set.of("external-meter", "monsoon", "joulescope", "ppk2", "otii", "um25c", "fnirsi", "yokogawa")),
    /** A shunt on a rail, or the processor's own counter. */
    B("rail or counter", Set.of("rapl", "ina3221", "odpm", "hwmon", "power-meter", "nvidia-smi", "tegrastats")),
    /** The battery's fuel gauge. */
    C("fuel gauge", Set.of("fuel-gauge", "battery")),
    /** A model of consumption, or a source that is not known: nothing was measured that one could vouch for. */
    D("model", Set.of());

    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<String> sources;

    EnergyGrade(String meaning, Set<String> sources) {
        this.meaning = meaning;
        this.sources = sources;
    }

    public String meaning() {
        return meaning;
    }

    /** Of a {@link dev.melt.core.telemetry.Channel#source()}. */
    public static EnergyGrade ofSource(String source) {
        String name = source.toLowerCase(Locale.ROOT);
        for (EnergyGrade grade : values()) {
            if (grade.sources.contains(name)) {
                return grade;
            }
        }
        return D;
    }
}
