package dev.melt.core.sysfs;

import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Conversion;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.TelemetryPlan;
import dev.melt.core.telemetry.TelemetryPlan.Absent;
import dev.melt.core.telemetry.Unit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what was found on a machine. Names that two things share get a number, so that no channel hides another. */
public final class ProbeList {
    private final KernelFiles files;
    private final List<Probe> probes = new ArrayList<>();
    private final List<Absent> absent = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /**
     * An empty list.
     *
     * @param files from which it will be filled
     */
    public ProbeList(KernelFiles files) {
        this.files = files;
    }

    /** A file with one number. */
    public void number(String file, String quantity, String site, Unit unit, String source, Conversion conversion) {
        add("number", file, List.of(new Probe.Column(channel(quantity, site, unit, source), conversion)));
    }

    /**
     * What one reader of the agent brings.
     *
     * @param path its file, empty where the reader implies it
     */
    public void add(String reader, String path, List<Probe.Column> columns) {
        probes.add(new Probe(reader, path.isEmpty() ? path : files.onDevice(path), columns));
    }

    /** What a source of the agent brings that holds the engine up; it is left out of trials that count. */
    public void disturbing(String reader, List<Probe.Column> columns) {
        probes.add(new Probe(reader, "", columns, true));
    }

    /** A channel whose name nothing else has; characters that a name should not have become {@code _}. */
    public Channel channel(String quantity, String site, Unit unit, String source) {
        String plain = plain(site);
        String unique = plain;
        for (int i = 2; !names.add(quantity + "/" + unique); i++) {
            unique = plain + "-" + i;
        }
        return new Channel(quantity, unique, unit, source);
    }

    /** A site as it stands in a channel's name. */
    public static String plain(String site) {
        return site.replaceAll("[^A-Za-z0-9_.+-]+", "_");
    }

    /** Whether there is a channel of this {@code quantity/site} name. */
    public boolean hasChannel(String quantity, String site) {
        return names.contains(quantity + "/" + plain(site));
    }

    /** The sites of a quantity so far. */
    public List<String> sites(String quantity) {
        String prefix = quantity + "/";
        return names.stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .sorted()
                .toList();
    }

    /** What a user would look for and is not there. */
    public void absent(String quantity, String reason) {
        absent.add(new Absent(quantity, reason));
    }

    /** Whether there is a channel of a quantity. */
    public boolean has(String quantity) {
        return count(quantity) > 0;
    }

    /** Channels of a quantity so far. */
    public long count(String quantity) {
        return names.stream().filter(name -> name.startsWith(quantity + "/")).count();
    }

    /** All of it. */
    public TelemetryPlan plan() {
        return new TelemetryPlan(probes, absent);
    }
}
