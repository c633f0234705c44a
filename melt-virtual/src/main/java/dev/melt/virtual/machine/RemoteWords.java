package dev.melt.virtual.machine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Words that change a device while it runs. Several commands stand apart by semicolons; one is a word, or a word and a value.
 *
 * @param words those that there are, for a message
 */
public record RemoteWords(List<String> words) {
    /** Does one command; {@code value} is empty for a word alone. */
    @FunctionalInterface
    public interface Command {
        /** Whether there is such a command. */
        boolean run(String word, String value) throws IOException;
    }

    public RemoteWords {
        words = List.copyOf(words);
    }

    /**
     * Does what a line says.
     *
     * @return what was not understood or could not be done, one entry each; empty when all was done
     */
    public List<String> obey(String line, Command command) {
        return List.of(line.split("[;\\n]", -1)).stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .flatMap(text -> obeyOne(text, command).stream())
                .toList();
    }

    /** What a value of {@code on} or {@code off} says. */
    public static boolean isOn(String value) {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("on or off expected");
        };
    }

    /** A value that is a number. */
    public static double number(String value) {
        if (!value.matches("[+-]?[0-9]{1,15}(\\.[0-9]{1,6})?")) {
            throw new IllegalArgumentException("a number expected");
        }
        return Double.parseDouble(value);
    }

    private Optional<String> obeyOne(String text, Command command) {
        try {
            String[] parts = text.split("\\s+", -1);
            boolean known = parts.length <= 2 && command.run(parts[0], parts.length == 2 ? parts[1] : "");
            return known ? Optional.empty() : Optional.of("'" + text + "' is none of: " + String.join(", ", words));
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            return Optional.of("'" + text + "': " + e.getMessage());
        }
    }
}
