package dev.melt.ios.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.linux.GaugeCurrent;
import dev.melt.core.parse.SourceText;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A phone's battery at one moment, as its registry has it ({@code AppleSmartBattery}, {@code AppleARMPMUCharger},
 * {@code IOPMPowerSource}). A key is looked up in the entry first, then in its {@code BatteryData}, where iOS 26 has most of them.
 * What the entry lacks is absent, never 0; what nobody should believe is absent here too. Immutable.
 */
public final class BatteryRegistry {
    private static final String DATA = "BatteryData";
    private static final String TELEMETRY = "PowerTelemetryData";
    static final String INSTANT = "InstantAmperage";
    static final String AVERAGE = "Amperage";
    static final String MAXIMUM = "MaxCapacity";
    static final String CURRENT = "CurrentCapacity";
    static final String LEVEL_ALONE = "BatteryCurrentCapacity";

    /** By these an entry is known to be one of a battery. */
    private static final Set<String> OWN = Set.of(
            INSTANT,
            AVERAGE,
            CURRENT,
            DATA,
            TELEMETRY,
            "AppleRawCurrentCapacity",
            "AppleRawMaxCapacity",
            "BatteryInstalled",
            "NominalChargeCapacity",
            "DesignCapacity",
            "AbsoluteCapacity",
            "CycleCount",
            "IsCharging",
            "Voltage",
            "Temperature");

    private static final double COULOMBS = 3.6;
    private static final double MOST_MILLIAMPERES = 20_000;
    private static final double UNKNOWN_MINUTES = 65_535;
    private static final long BITS_16 = 1L << 16;
    private static final long BITS_32 = 1L << 32;

    private final PropertyTree entry;
    private final PropertyTree data;

    BatteryRegistry(PropertyTree entry) {
        this.entry = entry;
        this.data = entry.child(DATA).orElse(PropertyTree.EMPTY);
    }

    /** Of an entry as a library unpacks it from a property list or from JSON. */
    public static BatteryRegistry of(Map<String, ?> entry) {
        return new BatteryRegistry(PropertyTree.of(entry));
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

    /** Whether an entry is one of a battery. */
    static boolean isOne(PropertyTree tree) {
        return tree.values().keySet().stream().anyMatch(OWN::contains);
    }

    /** Whether it says nothing: the entry has another name on this phone. */
    public boolean isEmpty() {
        return entry.values().isEmpty();
    }

    PropertyTree entry() {
        return entry;
    }

    OptionalDouble raw(String key) {
        OptionalDouble own = entry.decimal(key);
        return own.isPresent() ? own : data.decimal(key);
    }

    private Optional<Boolean> flag(String key) {
        return entry.flag(key).or(() -> data.flag(key));
    }

    /** In V. */
    public OptionalDouble volts() {
        OptionalDouble raw = raw("Voltage");
        OptionalDouble millivolts = raw.isPresent() ? raw : raw("AppleRawBatteryVoltage");
        return millivolts.isPresent() && millivolts.getAsDouble() > 0 && millivolts.getAsDouble() < 30_000
                ? OptionalDouble.of(millivolts.getAsDouble() / 1000)
                : OptionalDouble.empty();
    }

    /** In A, positive while the battery is discharged: that of the moment, else the mean that the gauge keeps. */
    public OptionalDouble amperes() {
        return current(INSTANT).or(() -> current(AVERAGE)).stream()
                .mapToDouble(GaugeCurrent::amperes)
                .findFirst();
    }

    /** What a key says of the current, with what that rests on; empty where it says nothing or what no battery can give. */
    Optional<GaugeCurrent> current(String key) {
        OptionalLong own = entry.whole(key);
        OptionalLong raw = own.isPresent() ? own : data.whole(key);
        if (raw.isEmpty() || Math.abs(signed(raw.getAsLong())) > MOST_MILLIAMPERES) {
            return Optional.empty();
        }
        return Optional.of(new GaugeCurrent(
                signed(raw.getAsLong()),
                GaugeCurrent.RawUnit.MILLIAMPERE,
                GaugeCurrent.Evidence.SOURCE,
                GaugeCurrent.Sign.NEGATIVE_DISCHARGES,
                GaugeCurrent.Evidence.SOURCE));
    }

    /** Some versions write a negative number as if it had no sign, of 16, 32 or 64 bits; the last is undone already. */
    private static double signed(long number) {
        return signed((long) signed(number, BITS_16), BITS_32);
    }

    private static double signed(long number, long range) {
        return number >= range / 2 && number < range ? (double) (number - range) : (double) number;
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
        return watts(current(key).stream().mapToDouble(GaugeCurrent::amperes).findFirst());
    }

    /** In degrees Celsius. */
    public OptionalDouble celsius() {
        return raw("Temperature").stream()
                .map(raw -> raw / 100)
                .filter(celsius -> celsius > -30 && celsius < 100)
                .findFirst();
    }

    /** 0 to 1. Old phones count it in mAh of a maximum, newer ones in hundredths. */
    public OptionalDouble level() {
        OptionalDouble whole = raw(CURRENT);
        OptionalDouble now = whole.isPresent() ? whole : raw(LEVEL_ALONE);
        double most = raw(MAXIMUM).orElse(100);
        return now.isPresent() && most > 0 && now.getAsDouble() >= 0 && now.getAsDouble() <= most
                ? OptionalDouble.of(now.getAsDouble() / most)
                : OptionalDouble.empty();
    }

    private boolean countsMilliampereHours() {
        return raw(MAXIMUM).orElse(100) > 100;
    }

    /** What is in the battery. */
    public OptionalDouble chargeCoulombs() {
        OptionalDouble raw = coulombs("AppleRawCurrentCapacity");
        return raw.isEmpty() && countsMilliampereHours() ? coulombs(CURRENT) : raw;
    }

    /** What it takes when it is full. */
    public OptionalDouble fullCoulombs() {
        OptionalDouble raw = coulombs("AppleRawMaxCapacity");
        return raw.isEmpty() && countsMilliampereHours() ? coulombs(MAXIMUM) : raw;
    }

    /** What it took when it was new. */
    public OptionalDouble designCoulombs() {
        return coulombs("DesignCapacity");
    }

    /** What the gauge has learned that it takes, by which iOS tells its health. */
    public OptionalDouble nominalCoulombs() {
        return coulombs("NominalChargeCapacity");
    }

    private OptionalDouble coulombs(String key) {
        return raw(key).stream()
                .filter(milliampereHours -> milliampereHours > 0)
                .map(milliampereHours -> milliampereHours * COULOMBS)
                .findFirst();
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
        return raw("CycleCount").stream()
                .filter(count -> count >= 0 && count < 100_000)
                .mapToInt(count -> (int) count)
                .findFirst();
    }

    /** What the phone says, which does not prove that energy flows in. */
    public Optional<Boolean> charging() {
        return flag("IsCharging").or(() -> flag("BatteryIsCharging"));
    }

    /** Whether something that can feed it is plugged in. */
    public Optional<Boolean> external() {
        return flag("ExternalConnected").or(() -> flag("AppleRawExternalConnected"));
    }

    public Optional<Boolean> full() {
        return flag("FullyCharged");
    }

    /** When the gauge was read, in seconds since 1970 of the phone's clock: readings with the same are one. */
    public OptionalLong updateTimeSeconds() {
        OptionalLong own = entry.whole("UpdateTime");
        OptionalLong time = own.isPresent() ? own : data.whole("UpdateTime");
        return time.isPresent() && time.getAsLong() > 0 ? time : OptionalLong.empty();
    }

    /** Until it is empty or full, in seconds; empty where the gauge does not know. */
    OptionalDouble remaining(String key) {
        return raw(key).stream()
                .filter(minutes -> minutes >= 0 && minutes < UNKNOWN_MINUTES)
                .map(minutes -> minutes * 60)
                .findFirst();
    }

    /** What the whole phone takes, in W, where the phone tells. */
    public OptionalDouble systemLoadWatts() {
        return telemetry("SystemLoad").stream().filter(watts -> watts > 0).findFirst();
    }

    /** What comes in from outside, in W, where the phone tells. */
    public OptionalDouble systemPowerInWatts() {
        return telemetry("SystemPowerIn").stream().filter(watts -> watts >= 0).findFirst();
    }

    /** What the phone itself says of its battery's power, in W, with the sign that it has there. */
    public OptionalDouble batteryWatts() {
        return telemetry("BatteryPower");
    }

    private OptionalDouble telemetry(String key) {
        PropertyTree tree =
                entry.child(TELEMETRY).or(() -> data.child(TELEMETRY)).orElse(PropertyTree.EMPTY);
        OptionalLong milliwatts = tree.whole(key);
        return milliwatts.isPresent()
                ? OptionalDouble.of(signed(milliwatts.getAsLong(), BITS_32) / 1e3)
                : OptionalDouble.empty();
    }
}
