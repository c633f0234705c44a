package dev.melt.jetson.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.telemetry.Unit;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One setting of a power mode, as {@code nvpmodel -q --verbose} shows it.
 *
 * @param name {@code GPU.MAX_FREQ}, {@code CPU_ONLINE.CORE_5}, ...
 * @param path the kernel's file
 * @param real what is in the file: this counts
 * @param configured what the mode wants there
 */
public record NvpParameter(String name, String path, String real, String configured) {
    private static final Pattern LINE =
            Pattern.compile("NVPM VERB: PARAM (\\S+): ARG (\\S+): PATH (\\S+): REAL_VAL: (\\S.*?) CONF_VAL: (\\S.*)");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern CPU = Pattern.compile("/sys/devices/system/cpu/(cpu\\d{1,4})/cpufreq/.*");
    private static final Pattern CLOCK = Pattern.compile("(.+)\\.(MAX|MIN)_FREQ");
    private static final long KILO = 1000;

    public NvpParameter {
        requireNonNull(name, "name");
        requireNonNull(path, "path");
        requireNonNull(real, "real");
        requireNonNull(configured, "configured");
    }

    static Optional<NvpParameter> of(String line) {
        Matcher found = LINE.matcher(line);
        return found.matches()
                ? Optional.of(new NvpParameter(
                        found.group(1) + "." + found.group(2),
                        found.group(3),
                        found.group(4).strip(),
                        found.group(5)))
                : Optional.empty();
    }

    /** Whether what is set is what the mode wants. */
    public boolean isAsConfigured() {
        return real.equals(configured);
    }

    /** Clocks of processors are in kHz, all others in Hz. */
    private Optional<String> unit() {
        return CLOCK.matcher(name).matches()
                ? Optional.of(CPU.matcher(path).matches() ? "kHz" : "Hz")
                : Optional.empty();
    }

    void writeTo(TelemetryBuilder out) {
        FactRow row = new FactRow().with("name", name).with("path", path).with("unit", unit());
        value(row, "real", real);
        value(row, "configured", configured);
        out.row("parameters", row);
        if (!isAsConfigured()) {
            out.row(
                    "mismatches",
                    new FactRow().with("name", name).with("real", real).with("configured", configured));
        }
        clock(out);
    }

    private static void value(FactRow row, String key, String word) {
        OptionalLong number = whole(word);
        if (number.isPresent()) {
            row.with(key, number);
        } else {
            row.with(key, word);
        }
    }

    private static OptionalLong whole(String word) {
        return WHOLE.matcher(word).matches() ? OptionalLong.of(Long.parseLong(word)) : OptionalLong.empty();
    }

    /** 0 is no limit. */
    private void clock(TelemetryBuilder out) {
        Matcher clock = CLOCK.matcher(name);
        Matcher cpu = CPU.matcher(path);
        boolean ofCpu = cpu.matches();
        if (clock.matches() && whole(real).orElse(0) > 0) {
            String quantity = clock.group(2).equals("MAX") ? "frequency_cap/" : "frequency_min/";
            String word = clock.group(1);
            String site = word.equals("GPU") || word.equals("EMC") ? word.toLowerCase(Locale.ROOT) : word;
            long hertz = whole(real).orElse(0) * (ofCpu ? KILO : 1);
            out.sample(quantity + (ofCpu ? cpu.group(1) : site), Unit.HERTZ, (double) hertz);
        }
    }
}
