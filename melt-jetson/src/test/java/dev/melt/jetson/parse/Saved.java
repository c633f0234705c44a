package dev.melt.jetson.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.SavedFormat;
import dev.melt.core.parse.SourceText;
import dev.melt.testkit.Fixtures;
import java.util.List;
import java.util.Map;

/** Fixtures of this module, {@code KIND/VERSION/CASE}, and what its readers make of a text. */
final class Saved {
    /** One of each kind. */
    private static final Map<String, String> EXAMPLES = Map.of(
            "ina3221", "ina3221/jp6/orin-nano",
            "jetson-clocks", "jetson-clocks/jp6/orin-nx",
            "nv-tegra-release", "nv-tegra-release/r36/orin",
            "nvpmodel", "nvpmodel/jp6/orin-nano",
            "tegrastats", "tegrastats/r36/orin-nano");

    private Saved() {}

    static List<String> kinds() {
        return new JetsonFormats().formats().stream().map(SavedFormat::kind).toList();
    }

    static String example(String kind) {
        return fixture(requireNonNull(EXAMPLES.get(kind), kind) + ".txt");
    }

    static String fixture(String file) {
        return Fixtures.text(file);
    }

    static ParsedTelemetry read(String kind, String text) throws UnknownOutputException {
        return Fixtures.read(new JetsonFormats().formats(), kind, SourceText.of(text));
    }
}
