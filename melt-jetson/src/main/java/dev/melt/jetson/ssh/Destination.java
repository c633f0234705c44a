package dev.melt.jetson.ssh;

import dev.melt.core.problem.InvalidInputException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host as a person names it: {@code orin}, {@code nvidia@192.168.1.7}, {@code ssh://nvidia@orin:2222}.
 *
 * @param user empty: as {@code ~/.ssh/config} or this machine's user name has it
 * @param port empty: as {@code ~/.ssh/config} has it, else 22
 */
record Destination(Optional<String> user, String host, OptionalInt port) {
    private static final Pattern FORM = Pattern.compile(
            "(?:ssh://)?(?:([A-Za-z0-9_][A-Za-z0-9._+-]{0,63})@)?(\\[[0-9A-Fa-f:.]+(?:%[a-z0-9]+)?\\]|[A-Za-z0-9_][A-Za-z0-9._-]{0,252})(?::([0-9]{1,5}))?/?");

    /** Whether a name can mean nothing but a host over SSH. */
    static boolean isExplicit(String name) {
        return (name.startsWith("ssh://") || name.contains("@")) && !name.startsWith("-");
    }

    /**
     * Reads one.
     *
     * @throws InvalidInputException when it is none; nothing of it may be taken for an option or a command
     */
    static Destination parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    "--device " + text,
                    "[ssh://][USER@]HOST[:PORT] expected",
                    "it has another form",
                    "give the host's name as in ~/.ssh/config, or USER@HOST");
        }
        OptionalInt port =
                matcher.group(3) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(3)));
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65535)) {
            throw new InvalidInputException(
                    "--device " + text,
                    "a port from 1 to 65535 expected",
                    "found " + port.getAsInt(),
                    "correct the port");
        }
        return new Destination(
                Optional.ofNullable(matcher.group(1)), matcher.group(2).replaceAll("[\\[\\]]", ""), port);
    }
}
