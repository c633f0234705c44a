package dev.melt.jetson.board;

import dev.melt.core.sysfs.ProbeList;
import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.Unit;
import dev.melt.jetson.parse.TegraLine;
import dev.melt.jetson.parse.TegraLoad;
import dev.melt.jetson.parse.TegraRail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What NVIDIA's own {@code tegrastats} tells. Rails that the kernel's files do not give come from it. Those that both give are read from it
 * too, under {@code RAIL.tegrastats}, in trials that do not count: it costs what it measures, and whether the two agree is worth knowing
 * once. The same of the load of the graphics processor; that of the memory controller has no other source.
 */
record TegrastatsProbes(BoardLook look) {
    private static final String SOURCE = "tegrastats";
    private static final double MILLI = 1e-3;
    private static final double PERCENT = 1e-2;

    void find(ProbeList found) {
        look.word(SOURCE).flatMap(TegraLine::of).ifPresent(line -> {
            Group counted = new Group();
            Group beside = new Group();
            boolean rails = found.has("power") || found.has("current");
            for (TegraRail rail : line.rails()) {
                if (rail.isConnected()) {
                    String site = rails ? rail.rail() + "." + SOURCE : rail.rail();
                    (rails ? beside : counted).add(rail.rail(), column(found, "power", site, Unit.WATT, MILLI));
                }
            }
            load(line, "GR3D_FREQ")
                    .filter(load -> !found.hasChannel("utilisation", "gpu"))
                    .ifPresent(
                            load -> counted.add(load.unit(), column(found, "utilisation", "gpu", Unit.RATIO, PERCENT)));
            load(line, "EMC_FREQ")
                    .ifPresent(load -> (counted.isEmpty() ? beside : counted)
                            .add(load.unit(), column(found, "utilisation", "emc", Unit.RATIO, PERCENT)));
            counted.addTo(found, false);
            beside.addTo(found, true);
        });
    }

    private static Optional<TegraLoad> load(TegraLine line, String unit) {
        return line.loads().stream()
                .filter(load -> load.unit().equals(unit) && load.share().isPresent())
                .findFirst();
    }

    private static Probe.Column column(ProbeList found, String quantity, String site, Unit unit, double factor) {
        return new Probe.Column(found.channel(quantity, site, unit, SOURCE), new Scale(factor));
    }

    /** Keys and columns of one reader. */
    private static final class Group {
        private final List<String> keys = new ArrayList<>();
        private final List<Probe.Column> columns = new ArrayList<>();

        void add(String key, Probe.Column column) {
            keys.add(key);
            columns.add(column);
        }

        boolean isEmpty() {
            return keys.isEmpty();
        }

        void addTo(ProbeList found, boolean disturbing) {
            String reader = SOURCE + ":" + String.join(",", keys);
            if (!keys.isEmpty() && disturbing) {
                found.disturbing(reader, columns);
            } else if (!keys.isEmpty()) {
                found.add(reader, "", columns);
            }
        }
    }
}
