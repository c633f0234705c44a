package dev.melt.jetson.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.parse.SiteNames;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.telemetry.Unit;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a unit other than the processors does: the GPU, the memory controller, a codec.
 *
 * @param unit as tegrastats calls it
 * @param share of the time that it was busy, 0 to 1; of the memory controller, of what it could move
 * @param hertz its clock, of a GPU one for each cluster; empty where it is off, and where only root may know
 */
public record TegraLoad(String unit, OptionalDouble share, List<Double> hertz) {
    public TegraLoad {
        requireNonNull(unit, "unit");
        requireNonNull(share, "share");
        hertz = List.copyOf(hertz);
    }

    /** What channels call it: {@code gpu}, {@code gpu2}, {@code emc}, else tegrastats' own word. */
    public String site() {
        String word = unit.replaceFirst("_FREQ$", "");
        return switch (word) {
            case "GR3D" -> "gpu";
            case "GR3D2" -> "gpu2";
            case "EMC" -> "emc";
            default -> word;
        };
    }

    void writeTo(TelemetryBuilder out, SiteNames shares, SiteNames clocks, OptionalDouble t) {
        share.ifPresent(value -> out.sample("utilisation/" + shares.unique(site()), Unit.RATIO, value, t));
        hertz.forEach(value -> out.sample("frequency/" + clocks.unique(site()), Unit.HERTZ, value, t));
    }
}
