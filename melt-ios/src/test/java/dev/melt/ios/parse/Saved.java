package dev.melt.ios.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.SavedFormat;
import dev.melt.testkit.Fixtures;
import java.util.List;
import java.util.Map;

/** Fixtures of this module, {@code KIND/VERSION/CASE}, and what its readers make of a text. */
final class Saved {
    /** One of each kind. */
    private static final Map<String, String> EXAMPLES = Map.of(
            "devicectl", "devicectl/355/launch",
            "gas-gauge", "gas-gauge/ios16/full100",
            "goios-battery", "goios-battery/go-ios/registry",
            "idevicedebug", "idevicedebug/1.3.0/ended",
            "ideviceinfo", "ideviceinfo/1.3.0/phone",
            "ideviceinstaller", "ideviceinstaller/1.1.1/list",
            "ioreg-battery", "ioreg-battery/ios17/charging",
            "ios-tool-error", "ios-tool-error/1.3.0/pending",
            "jetsam", "jetsam/ios17/report");

    private Saved() {}

    /** The forms as they read a text in memory. */
    static List<SavedFormat> formats() {
        return new IosFormats()
                .formats().stream()
                        .map(format -> format instanceof ConsoleFormat console ? console.format() : format)
                        .toList();
    }

    static String example(String kind) {
        return fixture(requireNonNull(EXAMPLES.get(kind), kind) + ".txt");
    }

    static String fixture(String file) {
        return Fixtures.text(file);
    }

    static ParsedTelemetry read(String kind, String text) throws UnknownOutputException {
        return Fixtures.read(formats(), kind, ConsoleFormat.plain(text));
    }
}
