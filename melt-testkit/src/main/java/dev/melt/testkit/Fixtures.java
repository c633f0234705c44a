package dev.melt.testkit;

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

/** Texts that a module's tests keep below {@code fixtures}, and what readers of saved telemetry make of a text. */
public final class Fixtures {
    private Fixtures() {}

    /**
     * The text of a file below {@code fixtures}.
     *
     * @param file such as {@code tegrastats/r36/orin-nano.txt}
     */
    public static String text(String file) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/fixtures/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the reader of a kind makes of a text. */
    public static ParsedTelemetry read(List<SavedFormat> formats, String kind, SourceText text)
            throws UnknownOutputException {
        TelemetryFormat format = (TelemetryFormat) formats.stream()
                .filter(one -> one.kind().equals(kind))
                .findFirst()
                .orElseThrow();
        return format.parse(text);
    }

    /** Values by channel; of a channel with several the last. */
    public static Map<String, Double> values(ParsedTelemetry parsed) {
        Map<String, Double> values = new TreeMap<>();
        for (Reading reading : parsed.samples()) {
            values.put(reading.channel(), reading.value());
        }
        return values;
    }

    /** A fact as it is written in JSON. */
    public static Object fact(ParsedTelemetry parsed, String key) {
        return requireNonNull(parsed.facts().get(key), key).json();
    }
}
