package dev.melt.ios.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.ParsedTelemetry.Reading;
import dev.melt.core.parse.SavedFormat;
import dev.melt.core.parse.TelemetryFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        try (InputStream in = Saved.class.getResourceAsStream("/fixtures/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ParsedTelemetry read(String kind, String text) throws UnknownOutputException {
        TelemetryFormat format = (TelemetryFormat) formats().stream()
                .filter(f -> f.kind().equals(kind))
                .findFirst()
                .orElseThrow();
        return format.parse(ConsoleFormat.plain(text));
    }

    /** Values by channel; of a channel with several the last. */
    static Map<String, Double> values(ParsedTelemetry parsed) {
        Map<String, Double> values = new TreeMap<>();
        for (Reading reading : parsed.samples()) {
            values.put(reading.channel(), reading.value());
        }
        return values;
    }

    static Object fact(ParsedTelemetry parsed, String key) {
        return requireNonNull(parsed.facts().get(key), key).json();
    }
}
