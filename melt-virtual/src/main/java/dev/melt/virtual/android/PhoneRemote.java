package dev.melt.virtual.android;

import dev.melt.virtual.machine.RemoteWords;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Changes a phone while it runs, by words: what a person or a script would do to one in their hands. Safe for use by several threads.
 */
public final class PhoneRemote {
    private static final Duration DOWNTIME = Duration.ofSeconds(3);

    /** The words that it knows, for a message. */
    public static final List<String> WORDS = List.of(
            "plug on|off",
            "link on|off",
            "level SHARE",
            "warm CELSIUS",
            "drop",
            "dropafter BYTES",
            "hang on|off",
            "reboot",
            "kill-engine",
            "jump SECONDS");

    private final VirtualAndroid phone;

    /** For one phone. */
    public PhoneRemote(VirtualAndroid phone) {
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
        return value.isEmpty() ? alone(word) : with(word, value);
    }

    private boolean alone(String word) throws IOException {
        switch (word) {
            case "drop" -> phone.faults().drop();
            case "reboot" -> phone.faults().reboot(DOWNTIME);
            case "kill-engine" -> phone.faults().killEngine();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean with(String word, String value) throws IOException {
        switch (word) {
            case "plug" -> phone.plug(RemoteWords.isOn(value));
            case "link" -> phone.faults().offline(!RemoteWords.isOn(value));
            case "hang" -> phone.faults().hang(RemoteWords.isOn(value));
            case "level" -> phone.batteryLevel(RemoteWords.number(value));
            case "warm" -> phone.warm(RemoteWords.number(value));
            case "dropafter" -> phone.faults().dropAfter(Math.round(RemoteWords.number(value)));
            case "jump" -> phone.faults().jumpClock(Duration.ofMillis(Math.round(RemoteWords.number(value) * 1000)));
            default -> {
                return false;
            }
        }
        return true;
    }
}
