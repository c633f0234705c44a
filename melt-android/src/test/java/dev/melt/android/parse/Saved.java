package dev.melt.android.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.ParsedTelemetry.Reading;
import dev.melt.core.parse.SavedFormat;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Fixtures of this module, and what its readers make of a text. */
final class Saved {
    private Saved() {}

    static List<String> kinds() {
        return new AndroidFormats().formats().stream().map(SavedFormat::kind).toList();
    }

    static String fixture(String kind) {
        try (InputStream in = Saved.class.getResourceAsStream("/fixtures/" + kind + ".txt")) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture of " + kind);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ParsedTelemetry read(String kind, String text) throws UnknownOutputException {
        TelemetryFormat format = (TelemetryFormat) new AndroidFormats()
                .formats().stream()
                        .filter(f -> f.kind().equals(kind))
                        .findFirst()
                        .orElseThrow();
        return format.parse(SourceText.of(text));
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
