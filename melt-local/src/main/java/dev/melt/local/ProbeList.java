package dev.melt.local;

import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Conversion;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.TelemetryPlan;
import dev.melt.core.telemetry.TelemetryPlan.Absent;
import dev.melt.core.telemetry.Unit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what was found on a machine. Names that two things share get a number, so that no channel hides another. */
final class ProbeList {
    private final List<Probe> probes = new ArrayList<>();
    private final List<Absent> absent = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /** A file with one number. */
    void number(Path file, String quantity, String site, Unit unit, String source, Conversion conversion) {
        add("number", file.toString(), List.of(new Probe.Column(channel(quantity, site, unit, source), conversion)));
    }

    void add(String reader, String path, List<Probe.Column> columns) {
        probes.add(new Probe(reader, path, columns));
    }

    /** A channel whose name nothing else has; characters that a name should not have become {@code _}. */
    Channel channel(String quantity, String site, Unit unit, String source) {
        String plain = site.replaceAll("[^A-Za-z0-9_.+-]+", "_");
        String unique = plain;
        for (int i = 2; !names.add(quantity + "/" + unique); i++) {
            unique = plain + "-" + i;
        }
        return new Channel(quantity, unique, unit, source);
    }

    void absent(String quantity, String reason) {
        absent.add(new Absent(quantity, reason));
    }

    boolean has(String quantity) {
        return count(quantity) > 0;
    }

    /** Channels of a quantity so far. */
    long count(String quantity) {
        return names.stream().filter(name -> name.startsWith(quantity + "/")).count();
    }

    TelemetryPlan plan() {
        return new TelemetryPlan(probes, absent);
    }
}
