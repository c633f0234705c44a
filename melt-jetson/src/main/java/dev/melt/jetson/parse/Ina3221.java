package dev.melt.jetson.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.linux.KernelFile;
import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.SiteNames;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.List;

/**
 * The power monitors of a Jetson: files of {@code /sys/bus/i2c/drivers/ina3221} (JetPack 5 and newer) or {@code ina3221x}
 * (JetPack 4), read once or again and again.
 *
 * @param unnamed inputs whose name the text does not give; they are not among the rails
 */
public record Ina3221(List<SensorRail> rails, long unnamed, long skipped) implements TelemetryRecord {
    public Ina3221 {
        rails = List.copyOf(rails);
    }

    /**
     * Reads such files as {@code grep -r . PATHS} prints them. The chip's other figures, voltages at the shunts and sums over
     * its inputs, are passed over.
     *
     * @throws UnknownOutputException for anything else, for one that breaks off, and where no input gave a figure
     */
    public static Ina3221 read(SourceText text) throws UnknownOutputException {
        Ina3221Lines lines = new Ina3221Lines();
        KernelFile.inOneForm(text.lines()).forEach(lines::take);
        List<SensorRail> rails = lines.rails();
        if (rails.stream().allMatch(rail -> rail.readings().isEmpty())) {
            throw text.unlike("'/sys/.../in1_input:MILLIVOLTS' or 'in_power0_input:MILLIWATTS' and the name beside it");
        }
        if (!text.ended()) {
            throw text.cutOff("whole lines");
        }
        return new Ina3221(rails, lines.unnamed(), lines.skipped());
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        SiteNames names = new SiteNames();
        for (SensorRail rail : rails) {
            if (rail.isConnected()) {
                rail.writeTo(out, names.unique(rail.name()));
            } else {
                out.row("not_connected", new FactRow().with("rail", rail.name()).with("folder", rail.folder()));
            }
        }
        if (unnamed > 0) {
            out.fact("unnamed", unnamed);
        }
        out.skipped(skipped);
    }
}
