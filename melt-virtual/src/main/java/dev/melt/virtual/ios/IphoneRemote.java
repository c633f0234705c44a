package dev.melt.virtual.ios;

import dev.melt.virtual.ios.device.IosRelease;
import dev.melt.virtual.ios.device.IphoneConditions;
import dev.melt.virtual.machine.RemoteWords;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Changes a phone while it runs, by words: what a person or a script would do to one in their hands. Safe for use by several threads.
 */
public final class IphoneRemote {
    /** The words that it knows, for a message. */
    public static final List<String> WORDS = List.of(
            "plug on|off",
            "power on|off",
            "drop",
            "dropafter BYTES",
            "unplugafter BYTES",
            "hang on|off",
            "reboot",
            "lock open|screen|services|boot",
            "trust accepted|pending|denied",
            "unpair",
            "developer-mode on|off",
            "image on|off",
            "ios VERSION",
            "keys own|classic|hidden",
            "unsigned on|off",
            "launch BUNDLE",
            "uninstall BUNDLE",
            "task on|off",
            "entitled on|off",
            "expired on|off",
            "limit BYTES",
            "fill BYTES",
            "free",
            "level SHARE",
            "warm CELSIUS",
            "thermal 0|1|2|3|free",
            "lowpower on|off",
            "jump SECONDS",
            "jetsam",
            "jetsam REASON",
            "crash");

    private final VirtualIphone phone;

    /** For one phone. */
    public IphoneRemote(VirtualIphone phone) {
        this.phone = phone;
    }

    /**
     * Does what a line says; several commands stand apart by semicolons.
     *
     * @return what was not understood or could not be done, one entry each; empty when all was done
     */
    public List<String> obey(String line) {
        return new RemoteWords(WORDS).obey(line, this::run);
    }

    private boolean run(String word, String value) throws IOException {
        return value.isEmpty() ? alone(word) : cable(word, value) || set(word, value) || happen(word, value);
    }

    private boolean alone(String word) throws IOException {
        switch (word) {
            case "drop" -> phone.faults().drop();
            case "reboot" -> phone.faults().reboot(VirtualIphone.DOWNTIME);
            case "unpair" -> phone.faults().unpair();
            case "free" -> phone.faults().freeDisk();
            case "jetsam" -> phone.faults().jetsam("per-process-limit");
            case "crash" -> phone.faults().crash();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean cable(String word, String value) {
        switch (word) {
            case "plug" -> phone.plug(RemoteWords.isOn(value));
            case "power" -> phone.phone().life().feed(RemoteWords.isOn(value));
            case "dropafter" -> phone.faults().dropAfter(Math.round(RemoteWords.number(value)));
            case "unplugafter" -> phone.faults().unplugAfter(Math.round(RemoteWords.number(value)));
            case "hang" -> phone.faults().hang(RemoteWords.isOn(value));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean set(String word, String value) {
        IphoneConditions conditions = phone.conditions();
        switch (word) {
            case "lock" -> conditions.lock(named(IphoneConditions.Lock.values(), value));
            case "trust" -> conditions.trust(named(IphoneConditions.Trust.values(), value));
            case "keys" -> conditions.keys(named(IphoneConditions.Keys.values(), value));
            case "developer-mode" -> conditions.developerMode(RemoteWords.isOn(value));
            case "image" ->
                conditions.imageSignature(
                        RemoteWords.isOn(value) ? Optional.of(VirtualIphone.image()) : Optional.empty());
            case "ios" -> conditions.release(new IosRelease(value));
            case "unsigned" -> conditions.unsignedCurrent(RemoteWords.isOn(value));
            case "task" -> conditions.taskAllowed(RemoteWords.isOn(value));
            case "entitled" -> conditions.entitled(RemoteWords.isOn(value));
            case "expired" -> conditions.expired(RemoteWords.isOn(value));
            case "limit" -> conditions.appBytes(OptionalLong.of(Math.round(RemoteWords.number(value))));
            case "lowpower" -> conditions.lowPower(RemoteWords.isOn(value));
            case "jump" ->
                conditions.clockAheadMillis(
                        conditions.clockAheadMillis() + Math.round(RemoteWords.number(value) * 1000));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean happen(String word, String value) throws IOException {
        switch (word) {
            case "launch" -> phone.launch(value);
            case "uninstall" -> {
                if (!phone.uninstall(value)) {
                    throw new IllegalStateException("not installed");
                }
            }
            case "fill" -> phone.faults().fillDisk(Math.round(RemoteWords.number(value)));
            case "level" -> phone.batteryLevel(RemoteWords.number(value));
            case "warm" -> phone.warm(RemoteWords.number(value));
            case "thermal" -> phone.phone().life().forceThermalState(thermalState(value));
            case "jetsam" -> phone.faults().jetsam(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static OptionalInt thermalState(String value) {
        return switch (value) {
            case "free" -> OptionalInt.empty();
            case "0", "1", "2", "3" -> OptionalInt.of(Integer.parseInt(value));
            default -> throw new IllegalArgumentException("0, 1, 2, 3 or free expected");
        };
    }

    private static <E extends Enum<E>> E named(E[] all, String word) {
        return Arrays.stream(all)
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(String.join(
                                ", ",
                                Arrays.stream(all)
                                        .map(one -> one.name().toLowerCase(Locale.ROOT))
                                        .toList())
                        + " expected"));
    }
}
