package dev.melt.android.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code getprop}: Android's system properties.
 *
 * @param properties by key; values may be empty and may have several lines
 */
public record GetProp(Map<String, String> properties, long skipped) implements TelemetryRecord {
    private static final Pattern BEGIN = Pattern.compile("\\[([^\\[\\]]+)\\]: \\[(.*)");
    private static final String END = "]";

    public GetProp {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /**
     * Reads what getprop printed.
     *
     * @throws UnknownOutputException for anything else, and for a value without its end
     */
    public static GetProp read(SourceText text) throws UnknownOutputException {
        Collector collector = new Collector();
        text.lines().forEach(collector::take);
        if (!collector.begun) {
            throw text.unlike("'[KEY]: [VALUE]' lines");
        }
        if (collector.key != null || (!text.ended() && !endsWhole(text))) {
            throw text.cutOff("the end of the last value");
        }
        return new GetProp(collector.properties, collector.skipped);
    }

    private static boolean endsWhole(SourceText text) {
        return text.lines().get(text.lines().size() - 1).endsWith(END);
    }

    /** A property that is there and not empty. */
    public Optional<String> value(String key) {
        return Optional.ofNullable(properties.get(key)).filter(value -> !value.isBlank());
    }

    /** The first of several properties that says something. */
    public Optional<String> first(String... keys) {
        return Stream.of(keys)
                .flatMap(key -> value(key).stream())
                .map(String::strip)
                .filter(word -> !word.equals("unknown"))
                .findFirst();
    }

    /** What the vendor calls the chip; older and some newer phones say it elsewhere. */
    public Optional<String> soc() {
        return Stream.of("ro.soc.model", "ro.hardware.chipname", "ro.board.platform", "ro.hardware")
                .flatMap(key -> value(key).stream())
                .findFirst();
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        out.facts(properties);
        out.skipped(skipped);
    }

    private static final class Collector {
        private final Map<String, String> properties = new LinkedHashMap<>();
        private boolean begun;
        private @Nullable String key;
        private StringBuilder value = new StringBuilder();
        private long skipped;

        void take(String line) {
            Matcher begin = BEGIN.matcher(line);
            if (begin.matches()) {
                skipped += key == null ? 0 : 1;
                begun = true;
                key = begin.group(1);
                value = new StringBuilder();
                add(begin.group(2));
            } else if (key != null && !line.startsWith("[")) {
                value.append('\n');
                add(line);
            } else if (!line.isBlank()) {
                skipped++;
            }
        }

        private void add(String text) {
            if (key == null || !text.endsWith(END)) {
                value.append(text);
                return;
            }
            properties.put(key, value.append(text, 0, text.length() - 1).toString());
            key = null;
        }
    }
}
