package dev.melt.virtual.android;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
        return List.of(line.split("[;\\n]", -1)).stream()
                .map(String::strip)
                .filter(command -> !command.isEmpty())
                .flatMap(command -> obeyOne(command).stream())
                .toList();
    }

    private Optional<String> obeyOne(String command) {
        try {
            String[] words = command.split("\\s+", -1);
            boolean known = words.length == 1 ? alone(words[0]) : words.length == 2 && with(words[0], words[1]);
            return known ? Optional.empty() : Optional.of("'" + command + "' is none of: " + String.join(", ", WORDS));
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            return Optional.of("'" + command + "': " + e.getMessage());
        }
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
            case "plug" -> phone.plug(isOn(value));
            case "link" -> phone.faults().offline(!isOn(value));
            case "hang" -> phone.faults().hang(isOn(value));
            case "level" -> phone.batteryLevel(number(value));
            case "warm" -> phone.warm(number(value));
            case "dropafter" -> phone.faults().dropAfter(Math.round(number(value)));
            case "jump" -> phone.faults().jumpClock(Duration.ofMillis(Math.round(number(value) * 1000)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean isOn(String value) {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("on or off expected");
        };
    }

    private static double number(String value) {
        if (!value.matches("[+-]?[0-9]{1,15}(\\.[0-9]{1,6})?")) {
            throw new IllegalArgumentException("a number expected");
        }
        return Double.parseDouble(value);
    }
}
