package dev.melt.jetson.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SavedFormat;
import dev.melt.core.parse.SavedFormatProvider;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryFormat;
import dev.melt.core.parse.TelemetryRecord;
import java.util.List;

/** The saved forms of Jetson boards. */
public final class JetsonFormats implements SavedFormatProvider {
    @Override
    public List<SavedFormat> formats() {
        return List.of(
                new TelemetryFormat(
                        "ina3221", "power rails of a Jetson: files of /sys/bus/i2c/drivers/ina3221", Ina3221::read),
                new TelemetryFormat(
                        "jetson-clocks", "clocks and their limits: jetson_clocks --show", JetsonClocks::read),
                new TelemetryFormat("nv-tegra-release", "L4T and JetPack: /etc/nv_tegra_release", TegraRelease::read),
                new TelemetryFormat(
                        "nvpmodel",
                        "power mode: nvpmodel -q, or the modes of /etc/nvpmodel.conf",
                        JetsonFormats::modes),
                new TelemetryFormat("tegrastats", "load, heat and power of a Jetson: tegrastats", TegraStats::read));
    }

    /** The mode that a board is in, or those that it has. */
    private static TelemetryRecord modes(SourceText text) throws UnknownOutputException {
        return PowerModes.isIn(text) ? PowerModes.read(text) : NvpModel.read(text);
    }
}
