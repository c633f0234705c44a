package dev.melt.android.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.linux.CoolingState;
import dev.melt.core.parse.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes through the sections of a thermal dump. For one text; not thread-safe. */
final class ThermalDump {
    private static final Pattern STATUS = Pattern.compile("\\s*Thermal Status: (-?\\d{1,3})\\s*");
    private static final Pattern HAL = Pattern.compile("\\s*ThermalHAL (.*?)\\s+connected: (?:yes|no)\\s*");
    private static final Pattern FLAG = Pattern.compile("[A-Za-z][A-Za-z ]*: \\S+");
    private static final Pattern TEMPERATURE = Pattern.compile("\\s*Temperature\\{mValue=(-?\\d{1,9}(?:\\.\\d{1,12})?"
            + "(?:E-?\\d{1,2})?), mType=(-?\\d{1,3}), mName=(.*?), mStatus=(-?\\d{1,3})\\}\\s*");
    private static final Pattern COOLING =
            Pattern.compile("\\s*CoolingDevice\\{mValue=(-?\\d{1,12}), mType=-?\\d{1,3}, mName=(.*?)\\}\\s*");

    private enum Section {
        NONE,
        CACHED,
        READINGS,
        COOLING,
        OTHER
    }

    private Section section = Section.NONE;
    private boolean dump;
    private boolean hasHal = true;
    private boolean overridden;
    private boolean seenReadings;
    private OptionalInt status = OptionalInt.empty();
    private Optional<String> hal = Optional.empty();
    private final List<SensorReading> readings = new ArrayList<>();
    private final List<CoolingState> cooling = new ArrayList<>();
    private long cached;
    private long skipped;

    static ThermalService read(SourceText text) throws UnknownOutputException {
        ThermalDump dump = new ThermalDump();
        text.lines().forEach(dump::take);
        if (!dump.dump) {
            throw text.unlike("'Thermal Status:' of dumpsys thermalservice");
        }
        boolean endsWhole =
                text.ended() || text.lines().get(text.lines().size() - 1).endsWith("}");
        if (!endsWhole || (!dump.seenReadings && dump.hasHal)) {
            throw text.cutOff("'Current temperatures from HAL:' and what is below");
        }
        return new ThermalService(
                dump.status, dump.overridden, dump.hal, dump.readings, dump.cooling, dump.cached, dump.skipped);
    }

    private void take(String line) {
        Matcher code = STATUS.matcher(line);
        Matcher version = HAL.matcher(line);
        String plain = line.strip();
        if (code.matches()) {
            dump = true;
            status = OptionalInt.of(Integer.parseInt(code.group(1)));
        } else if (version.matches()) {
            hal = Optional.of(version.group(1));
        } else if (plain.startsWith("Temperature{") || plain.startsWith("CoolingDevice{")) {
            reading(line);
        } else if (plain.endsWith(":")) {
            heading(plain);
        } else if (FLAG.matcher(plain).matches()) {
            overridden |= plain.equals("IsStatusOverride: true");
            hasHal &= !plain.equals("HAL Ready: false");
        } else if (!plain.isEmpty() && section != Section.OTHER && !plain.startsWith("Temperature")) {
            skipped++;
        }
    }

    private void heading(String plain) {
        section = switch (plain) {
            case "Cached temperatures:" -> Section.CACHED;
            case "Current temperatures from HAL:" -> readingsOnce();
            case "Current cooling devices from HAL:" -> Section.COOLING;
            default -> plain.contains("thresholds") || section == Section.OTHER ? Section.OTHER : Section.NONE;
        };
    }

    private Section readingsOnce() {
        dump = true;
        boolean again = seenReadings;
        seenReadings = true;
        return again ? Section.OTHER : Section.READINGS;
    }

    private void reading(String line) {
        Matcher temperature = TEMPERATURE.matcher(line);
        Matcher device = COOLING.matcher(line);
        if (section == Section.CACHED) {
            cached++;
        } else if (section == Section.READINGS && temperature.matches()) {
            readings.add(new SensorReading(
                    temperature.group(3),
                    SensorType.of(Integer.parseInt(temperature.group(2))),
                    Double.parseDouble(temperature.group(1)),
                    Integer.parseInt(temperature.group(4))));
        } else if (section == Section.COOLING && device.matches()) {
            cooling.add(new CoolingState(device.group(2), Double.parseDouble(device.group(1))));
        } else if (section == Section.READINGS || section == Section.COOLING) {
            skipped++;
        }
    }
}
