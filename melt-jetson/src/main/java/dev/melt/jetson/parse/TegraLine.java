package dev.melt.jetson.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.parse.SiteNames;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.telemetry.Unit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One line of tegrastats.
 *
 * @param stamp when it was printed, as far as it tells
 * @param cores by number; one that is off has its place
 * @param strange words that are none of a known form
 * @param form the names of all that is on the line, in order: a line that breaks off has the beginning of another's
 */
public record TegraLine(
        Optional<TegraStamp> stamp,
        List<TegraMemory> memory,
        List<TegraCore> cores,
        List<TegraLoad> loads,
        List<TegraHeat> temperatures,
        List<TegraRail> rails,
        List<String> strange,
        String form) {
    public TegraLine {
        requireNonNull(stamp, "stamp");
        memory = List.copyOf(memory);
        cores = List.copyOf(cores);
        loads = List.copyOf(loads);
        temperatures = List.copyOf(temperatures);
        rails = List.copyOf(rails);
        strange = List.copyOf(strange);
        requireNonNull(form, "form");
    }

    /** Empty for what is none: without memory and processors, damaged in them, or two lines run together. */
    public static Optional<TegraLine> of(String line) {
        return TegraScanner.scan(line);
    }

    public int coresOn() {
        return (int) cores.stream().filter(TegraCore::isOn).count();
    }

    /** The rail of that name. */
    public Optional<TegraRail> rail(String name) {
        return rails.stream().filter(rail -> rail.rail().equals(name)).findFirst();
    }

    void writeTo(TelemetryBuilder out, OptionalDouble t) {
        memory.forEach(pool -> pool.writeTo(out, t));
        out.sample("cores/on", Unit.RATIO, coresOn(), t);
        for (int i = 0; i < cores.size(); i++) {
            cores.get(i).writeTo(out, i, t);
        }
        SiteNames shares = new SiteNames();
        SiteNames clocks = new SiteNames();
        loads.forEach(load -> load.writeTo(out, shares, clocks, t));
        SiteNames sensors = new SiteNames();
        for (TegraHeat heat : temperatures) {
            String site = sensors.unique(heat.sensor());
            heat.celsius().ifPresent(value -> out.sample("temperature/" + site, Unit.CELSIUS, value, t));
            heat.highestCelsius().ifPresent(value -> out.sample("temperature_max/" + site, Unit.CELSIUS, value, t));
        }
        SiteNames names = new SiteNames();
        for (TegraRail rail : rails) {
            if (rail.isConnected()) {
                String site = names.unique(rail.rail());
                out.sample("power/" + site, Unit.WATT, rail.watts(), t);
                rail.average().ifPresent(value -> out.sample("power_avg/" + site, Unit.WATT, value, t));
                rail.highest().ifPresent(value -> out.sample("power_max/" + site, Unit.WATT, value, t));
            }
        }
    }
}
