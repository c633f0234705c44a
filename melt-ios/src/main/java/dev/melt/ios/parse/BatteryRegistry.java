package dev.melt.ios.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.linux.GaugeCurrent;
import dev.melt.core.parse.SourceText;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A phone's battery at one moment, as its registry has it ({@code AppleSmartBattery}, {@code AppleARMPMUCharger},
 * {@code IOPMPowerSource}). A key is looked up in the entry first, then in its {@code BatteryData}, where iOS 26 has most of them.
 * What the entry lacks is absent, never 0; what nobody should believe is absent here too. Immutable.
 */
public final class BatteryRegistry {
    static final String INSTANT = "InstantAmperage";
    static final String AVERAGE = "Amperage";
    static final String MAXIMUM = "MaxCapacity";
    static final String CURRENT = "CurrentCapacity";
    static final String LEVEL_ALONE = "BatteryCurrentCapacity";

    private static final double UNKNOWN_MINUTES = 65_535;

    private final RegistryEntry entry;

    BatteryRegistry(RegistryEntry entry) {
        this.entry = entry;
    }

    /** Of an entry as a library unpacks it from a property list or from JSON. */
    public static BatteryRegistry of(Map<String, ?> entry) {
        return new BatteryRegistry(RegistryEntry.of(PropertyTree.of(entry)));
    }

    /**
     * Reads what a tool printed: XML, JSON, or a dictionary of Python. Of several readings the last.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    public static BatteryRegistry read(String text) throws UnknownOutputException {
        return read(SourceText.of(text));
    }

    /**
     * Reads what a tool printed: XML, JSON, or a dictionary of Python. Of several readings the last.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    public static BatteryRegistry read(SourceText text) throws UnknownOutputException {
        BatteryReadings readings = PlistText.isIn(text) ? BatteryReadings.ofXml(text) : BatteryReadings.ofJson(text);
        return readings.last();
    }

    /** Whether it says nothing: the entry has another name on this phone. */
    public boolean isEmpty() {
        return entry.own().values().isEmpty();
    }

    RegistryEntry entry() {
        return entry;
    }

    /** In V. */
    public OptionalDouble volts() {
        OptionalDouble raw = entry.raw("Voltage");
        OptionalDouble millivolts = raw.isPresent() ? raw : entry.raw("AppleRawBatteryVoltage");
        return millivolts.isPresent() && millivolts.getAsDouble() > 0 && millivolts.getAsDouble() < 30_000
                ? OptionalDouble.of(millivolts.getAsDouble() / 1000)
                : OptionalDouble.empty();
    }

    /** In A, positive while the battery is discharged: that of the moment, else the mean that the gauge keeps. */
    public OptionalDouble amperes() {
        return entry.current(INSTANT).or(() -> entry.current(AVERAGE)).stream()
                .mapToDouble(GaugeCurrent::amperes)
                .findFirst();
    }

    /** Out of the battery, in W; only where this reading has both a voltage and a current. */
    public OptionalDouble watts() {
        return watts(amperes());
    }

    private OptionalDouble watts(OptionalDouble amperes) {
        return volts().isPresent() && amperes.isPresent()
                ? OptionalDouble.of(volts().getAsDouble() * amperes.getAsDouble())
                : OptionalDouble.empty();
    }

    /** The same of the current that one key has. */
    OptionalDouble watts(String key) {
        return watts(
                entry.current(key).stream().mapToDouble(GaugeCurrent::amperes).findFirst());
    }

    /** In degrees Celsius. */
    public OptionalDouble celsius() {
        return entry.raw("Temperature").stream()
                .map(raw -> raw / 100)
                .filter(celsius -> celsius > -30 && celsius < 100)
                .findFirst();
    }

    /** 0 to 1. Old phones count it in mAh of a maximum, newer ones in hundredths. */
    public OptionalDouble level() {
        OptionalDouble whole = entry.raw(CURRENT);
        OptionalDouble now = whole.isPresent() ? whole : entry.raw(LEVEL_ALONE);
        double most = entry.raw(MAXIMUM).orElse(100);
        return now.isPresent() && most > 0 && now.getAsDouble() >= 0 && now.getAsDouble() <= most
                ? OptionalDouble.of(now.getAsDouble() / most)
                : OptionalDouble.empty();
    }

    private boolean countsMilliampereHours() {
        return entry.raw(MAXIMUM).orElse(100) > 100;
    }

    /** What is in the battery. */
    public OptionalDouble chargeCoulombs() {
        OptionalDouble raw = entry.coulombs("AppleRawCurrentCapacity");
        return raw.isEmpty() && countsMilliampereHours() ? entry.coulombs(CURRENT) : raw;
    }

    /** What it takes when it is full. */
    public OptionalDouble fullCoulombs() {
        OptionalDouble raw = entry.coulombs("AppleRawMaxCapacity");
        return raw.isEmpty() && countsMilliampereHours() ? entry.coulombs(MAXIMUM) : raw;
    }

    /** What it took when it was new. */
    public OptionalDouble designCoulombs() {
        return entry.coulombs("DesignCapacity");
    }

    /** What the gauge has learned that it takes, by which iOS tells its health. */
    public OptionalDouble nominalCoulombs() {
        return entry.coulombs("NominalChargeCapacity");
    }

    /** What is left of the design capacity as iOS tells it, about 0 to 1. */
    public OptionalDouble stateOfHealth() {
        return nominalCoulombs().isPresent() && designCoulombs().isPresent()
                ? OptionalDouble.of(
                        nominalCoulombs().getAsDouble() / designCoulombs().getAsDouble())
                : OptionalDouble.empty();
    }

    /** How often it was charged as a whole. */
    public OptionalInt cycles() {
        return entry.raw("CycleCount").stream()
                .filter(count -> count >= 0 && count < 100_000)
                .mapToInt(count -> (int) count)
                .findFirst();
    }

    /** What the phone says, which does not prove that energy flows in. */
    public Optional<Boolean> charging() {
        return entry.flag("IsCharging").or(() -> entry.flag("BatteryIsCharging"));
    }

    /** Whether something that can feed it is plugged in. */
    public Optional<Boolean> external() {
        return entry.flag("ExternalConnected").or(() -> entry.flag("AppleRawExternalConnected"));
    }

    public Optional<Boolean> full() {
        return entry.flag("FullyCharged");
    }

    /** When the gauge was read, in seconds since 1970 of the phone's clock: readings with the same are one. */
    public OptionalLong updateTimeSeconds() {
        OptionalLong time = entry.whole("UpdateTime");
        return time.isPresent() && time.getAsLong() > 0 ? time : OptionalLong.empty();
    }

    /** Until it is empty or full, in seconds; empty where the gauge does not know. */
    OptionalDouble remaining(String key) {
        return entry.raw(key).stream()
                .filter(minutes -> minutes >= 0 && minutes < UNKNOWN_MINUTES)
                .map(minutes -> minutes * 60)
                .findFirst();
    }

    /** What the whole phone takes, in W, where the phone tells. */
    public OptionalDouble systemLoadWatts() {
        return entry.telemetryWatts("SystemLoad").stream()
                .filter(watts -> watts > 0)
                .findFirst();
    }

    /** What comes in from outside, in W, where the phone tells. */
    public OptionalDouble systemPowerInWatts() {
        return entry.telemetryWatts("SystemPowerIn").stream()
                .filter(watts -> watts >= 0)
                .findFirst();
    }

    /** What the phone itself says of its battery's power, in W, with the sign that it has there. */
    public OptionalDouble batteryWatts() {
        return entry.telemetryWatts("BatteryPower");
    }
}
