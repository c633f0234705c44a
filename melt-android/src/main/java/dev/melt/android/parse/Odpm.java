package dev.melt.android.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import dev.melt.core.telemetry.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Power rails of a Pixel ({@code /sys/bus/iio/devices/iio:deviceN}): {@code energy_value}, of one device or of several, once
 * or again and again, and {@code enabled_rails}. Counters start at 0 with the phone and do not depend on charging.
 *
 * @param energies in the order of the text
 * @param rails what {@code enabled_rails} says each rail feeds
 */
public record Odpm(List<RailEnergy> energies, List<Rail> rails, long blocks, long skipped) implements TelemetryRecord {
    private static final Pattern TIME = Pattern.compile("\\s*t=(\\d{1,15})\\s*");
    private static final Pattern ENERGY =
            Pattern.compile("\\s*CH\\d{1,3}(?:\\(T=(\\d{1,15})\\))?\\[([^\\[\\]]+)\\],\\s*(\\d{1,18})\\s*");
    private static final Pattern RAIL = Pattern.compile("\\s*CH\\d{1,3}\\[([^\\[\\]]+)\\]:(\\S.*?)\\s*");

    public Odpm {
        energies = List.copyOf(energies);
        rails = List.copyOf(rails);
    }

    /**
     * What went through a rail since the phone started.
     *
     * @param t seconds since then
     */
    public record RailEnergy(String rail, OptionalDouble t, double joules) {}

    /** A rail and what it feeds. */
    public record Rail(String name, String subsystem) {}

    /**
     * Reads such files.
     *
     * @throws UnknownOutputException for anything else, and for a text that breaks off
     */
    public static Odpm read(SourceText text) throws UnknownOutputException {
        Collector collector = new Collector();
        text.lines().forEach(collector::take);
        if (collector.energies.isEmpty() && collector.rails.isEmpty() && collector.blocks == 0) {
            throw text.unlike("'t=MS' and 'CHn(T=MS)[RAIL], ENERGY' lines");
        }
        if (!text.ended() || collector.open) {
            throw text.cutOff("the rails below 't='");
        }
        return new Odpm(collector.energies, collector.rails, collector.blocks, collector.skipped);
    }

    /** Rails whose counter fell: the phone started again in between. */
    public long restarts() {
        Map<String, Double> last = new HashMap<>();
        return energies.stream()
                .filter(energy -> {
                    Double before = last.put(energy.rail(), energy.joules());
                    return before != null && before > energy.joules();
                })
                .count();
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        energies.forEach(energy -> out.sample("energy/" + energy.rail(), Unit.JOULE, energy.joules(), energy.t()));
        rails.forEach(
                rail -> out.row("rails", new FactRow().with("rail", rail.name()).with("subsystem", rail.subsystem())));
        out.fact("blocks", blocks);
        if (restarts() > 0) {
            out.fact("counters_restarted", restarts());
        }
        out.skipped(skipped);
    }

    private static final class Collector {
        private final List<RailEnergy> energies = new ArrayList<>();
        private final List<Rail> rails = new ArrayList<>();
        private OptionalDouble t = OptionalDouble.empty();
        private long blocks;
        private boolean open;
        private long skipped;

        void take(String line) {
            Matcher time = TIME.matcher(line);
            Matcher energy = ENERGY.matcher(line);
            Matcher rail = RAIL.matcher(line);
            if (time.matches()) {
                t = seconds(time.group(1));
                blocks++;
                open = true;
            } else if (energy.matches()) {
                OptionalDouble own = energy.group(1) == null ? t : seconds(energy.group(1));
                energies.add(new RailEnergy(energy.group(2), own, Long.parseLong(energy.group(3)) / 1e6));
                open = false;
            } else if (rail.matches()) {
                rails.add(new Rail(rail.group(1), rail.group(2)));
            } else if (!line.isBlank()) {
                skipped++;
            }
        }

        private static OptionalDouble seconds(String millis) {
            return OptionalDouble.of(Long.parseLong(millis) / 1e3);
        }
    }
}
