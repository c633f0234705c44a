package dev.melt.jetson.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The power mode that a board is in: {@code nvpmodel -q}, with {@code --verbose} or without.
 *
 * @param name {@code 25W}, {@code MAXN_SUPER}, ...
 * @param id its number on this kind of board
 * @param fanMode what the fan does, where nvpmodel sets that too
 * @param warnings what nvpmodel warned of, and errors
 */
public record NvpModel(
        String name,
        OptionalInt id,
        Optional<String> fanMode,
        List<String> warnings,
        List<NvpParameter> parameters,
        long skipped)
        implements TelemetryRecord {
    private static final Pattern MODE = Pattern.compile("(?:NVPM VERB:.*?)?NV Power Mode\\s*+:\\s*+(\\S.*)");
    private static final Pattern FAN = Pattern.compile("(?:NVPM VERB:.*?)?NV Fan Mode\\s*+:\\s*+(\\S.*)");
    private static final Pattern ID = Pattern.compile("(\\d{1,4})");
    private static final Pattern WARNING = Pattern.compile("NVPM (?:WARN|ERROR)\\s*+:\\s*+(\\S.*)");
    private static final Pattern WORDS = Pattern.compile("NVPM VERB:(?! PARAM ).*");

    public NvpModel {
        requireNonNull(name, "name");
        requireNonNull(id, "id");
        requireNonNull(fanMode, "fanMode");
        warnings = List.copyOf(warnings);
        parameters = List.copyOf(parameters);
    }

    /** Of what {@code nvpmodel -q} printed, both streams together or the first alone; empty where no mode is in it. */
    public static Optional<NvpModel> of(String text) {
        Collector collector = new Collector();
        text.lines().map(String::strip).forEach(collector::take);
        return collector.model();
    }

    /**
     * Reads such output.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    static NvpModel read(SourceText text) throws UnknownOutputException {
        boolean other = text.has(line -> line.contains("CurrentFreq="));
        NvpModel model = of(String.join("\n", text.lines()))
                .filter(found -> !other)
                .orElseThrow(() -> text.unlike("'NV Power Mode: NAME' of nvpmodel -q"));
        if (!text.ended()) {
            throw text.cutOff("whole lines");
        }
        return model;
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        out.fact("name", name);
        id.ifPresent(number -> out.fact("id", number));
        fanMode.ifPresent(mode -> out.fact("fan_mode", mode));
        warnings.forEach(warning -> out.row("warnings", new FactRow().with("text", warning)));
        parameters.forEach(parameter -> parameter.writeTo(out));
        out.skipped(skipped);
    }

    private static final class Collector {
        private Optional<String> name = Optional.empty();
        private OptionalInt id = OptionalInt.empty();
        private Optional<String> fan = Optional.empty();
        private final List<String> warnings = new ArrayList<>();
        private final List<NvpParameter> parameters = new ArrayList<>();
        private long skipped;

        void take(String line) {
            Matcher mode = MODE.matcher(line);
            Matcher number = ID.matcher(line);
            Matcher fanMode = FAN.matcher(line);
            Matcher warning = WARNING.matcher(line);
            Optional<NvpParameter> parameter = NvpParameter.of(line);
            if (mode.matches()) {
                name = name.or(() -> Optional.of(mode.group(1)));
            } else if (number.matches() && name.isPresent() && id.isEmpty()) {
                id = OptionalInt.of(Integer.parseInt(number.group(1)));
            } else if (fanMode.matches()) {
                fan = fan.or(() -> Optional.of(fanMode.group(1)));
            } else if (warning.matches()) {
                warnings.add(warning.group(1));
            } else if (parameter.isPresent()) {
                parameters.add(parameter.get());
            } else if (!line.isBlank() && !WORDS.matcher(line).matches()) {
                skipped++;
            }
        }

        Optional<NvpModel> model() {
            return name.map(word -> new NvpModel(word, id, fan, warnings, parameters, skipped));
        }
    }
}
