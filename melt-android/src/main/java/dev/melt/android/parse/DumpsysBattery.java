package dev.melt.android.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.linux.GaugeCurrent;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import dev.melt.core.telemetry.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code dumpsys battery}: the block below its heading, not what vendors append, where older values stand.
 *
 * @param faked somebody told the service what to say ({@code dumpsys battery set} or {@code unplug}): nothing in it is measured
 *     until {@code dumpsys battery reset}
 * @param stateOfHealth what is left of the design capacity, 0 to 1, where the vendor says it
 */
public record DumpsysBattery(BatteryFields fields, boolean faked, OptionalDouble stateOfHealth, long skipped)
        implements TelemetryRecord {
    private static final String HEADING = "Current Battery Service state:";
    private static final Pattern FIELD = Pattern.compile("\\s+([^:]{1,60}):\\s*(.*?)\\s*");

    /** Every build has it; vendors' own fields come below. */
    private static final String LAST_OF_ALL = "technology";

    private static final Pattern ASOC = Pattern.compile("\\s*mSavedBatteryAsoc: (\\d{1,3})\\s*");

    public DumpsysBattery {
        requireNonNull(fields, "fields");
    }

    /**
     * Reads the dump.
     *
     * @throws UnknownOutputException for anything else, and for a dump that breaks off before the temperature
     */
    public static DumpsysBattery read(SourceText text) throws UnknownOutputException {
        if (!text.has(line -> line.strip().equals(HEADING))) {
            throw text.unlike("'" + HEADING + "'");
        }
        Map<String, String> words = new LinkedHashMap<>();
        boolean faked = false;
        long skipped = 0;
        for (String line : text.after(line -> line.strip().equals(HEADING))) {
            Matcher field = FIELD.matcher(line);
            if (line.contains("UPDATES STOPPED")) {
                faked = true;
            } else if (field.matches()) {
                words.putIfAbsent(field.group(1).toLowerCase(Locale.ROOT), field.group(2));
            } else if (line.startsWith("[") || (!line.isBlank() && words.containsKey(LAST_OF_ALL))) {
                break;
            } else if (!line.isBlank()) {
                skipped++;
            }
        }
        boolean whole = words.containsKey(BatteryFields.TEMPERATURE) || words.containsKey(LAST_OF_ALL);
        if (!whole || !text.ended()) {
            throw text.cutOff("all of '" + HEADING + "'");
        }
        BatteryFields fields = new BatteryFields(words);
        return new DumpsysBattery(fields, faked, stateOfHealth(text), skipped + fields.damaged());
    }

    private static OptionalDouble stateOfHealth(SourceText text) {
        return text.lines().stream()
                .map(ASOC::matcher)
                .filter(Matcher::matches)
                .mapToDouble(asoc -> Double.parseDouble(asoc.group(1)) / 100)
                .filter(share -> share > 0 && share <= 1)
                .findFirst();
    }

    /** 0 to 1. */
    public OptionalDouble level() {
        return fields.level();
    }

    public Optional<BatteryStatus> status() {
        return fields.status();
    }

    /** In V. */
    public OptionalDouble volts() {
        return fields.volts();
    }

    /** In degrees Celsius, believable or not. */
    public OptionalDouble celsius() {
        OptionalDouble raw = fields.number(BatteryFields.TEMPERATURE);
        return raw.isPresent() ? OptionalDouble.of(raw.getAsDouble() / 10) : raw;
    }

    /** What is in the battery, in C. */
    public OptionalDouble coulombs() {
        return fields.coulombs();
    }

    /** What flows, where the vendor says it. */
    public Optional<GaugeCurrent> current() {
        return fields.current();
    }

    /** Where power can come in, whether it does or not: {@code ac}, {@code usb}, {@code wireless}, ... */
    public List<String> powerInputs() {
        return fields.powerInputs();
    }

    /** In words, such as {@code good}. */
    public Optional<String> health() {
        return fields.health();
    }

    /** What the cells are made of. */
    public Optional<String> technology() {
        return Optional.ofNullable(fields.words().get(LAST_OF_ALL)).filter(word -> !word.isEmpty());
    }

    /** The number behind a key that has _ for the blanks of the dump. */
    public OptionalDouble number(String key) {
        OptionalDouble plain = fields.number(key);
        return plain.isPresent() ? plain : fields.number(key.replace('_', ' '));
    }

    /** {@code usb}, {@code ac}, {@code none}, ... */
    public Optional<String> plugged() {
        return fields.plugged();
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        fields.writeSamples(out, OptionalDouble.empty());
        current().ifPresent(current -> current.writeTo(out, "current/battery", ""));
        stateOfHealth.ifPresent(share -> out.sample("state_of_health/battery", Unit.RATIO, share));
        status().ifPresent(status -> out.fact("status", status.word()));
        plugged().ifPresent(source -> out.fact("plugged", source));
        health().ifPresent(word -> out.fact("health", word));
        for (String key : List.of("technology", "present")) {
            Optional.ofNullable(fields.words().get(key)).ifPresent(word -> out.fact(key, word));
        }
        netFlow(out);
        out.fact("updates_stopped", faked);
        if (faked) {
            out.rejectSamples("updates are stopped: somebody set these values");
        }
        out.skipped(skipped);
    }

    private void netFlow(TelemetryBuilder out) {
        current()
                .filter(current -> current.sign() != GaugeCurrent.Sign.UNSETTLED)
                .ifPresent(current -> out.fact("net_discharging", current.amperes() > 0));
    }
}
