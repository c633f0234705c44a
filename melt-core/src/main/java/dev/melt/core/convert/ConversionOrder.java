package dev.melt.core.convert;

import static java.util.Objects.requireNonNull;

import dev.melt.core.model.Derivation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model to be made by a program.
 *
 * @param name what the new model will be called
 * @param source file or folder that it is made from
 * @param command argument array in which {@code {in}} stands for the source and {@code {out}} for the file to write
 * @param folder in which the program is started
 * @param environment variables that the program needs
 * @param expectedBytes about as much as the new file will have; 0 when nobody can say
 * @param derivation what will be remembered
 */
public record ConversionOrder(
        String name,
        Path source,
        List<String> command,
        Path folder,
        Map<String, String> environment,
        long expectedBytes,
        Duration deadline,
        Derivation derivation) {
    /** Stands for the source in a command. */
    public static final String IN = "{in}";

    /** Stands for the file to write in a command. */
    public static final String OUT = "{out}";

    private static final Pattern PLACE = Pattern.compile("\\{(in|out)}");

    public ConversionOrder {
        requireNonNull(name, "name");
        requireNonNull(source, "source");
        command = List.copyOf(command);
        requireNonNull(folder, "folder");
        environment = Map.copyOf(environment);
        requireNonNull(deadline, "deadline");
        requireNonNull(derivation, "derivation");
    }

    /** The command with both files in it. Whole words and parts of words are replaced; nothing is split. */
    List<String> command(Path out) {
        return command.stream()
                .map(word -> PLACE.matcher(word)
                        .replaceAll(place -> Matcher.quoteReplacement(
                                place.group().equals(IN) ? source.toString() : out.toString())))
                .toList();
    }
}
