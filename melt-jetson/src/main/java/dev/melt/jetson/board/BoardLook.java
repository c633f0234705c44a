package dev.melt.jetson.board;

import dev.melt.core.remote.LookText;
import dev.melt.core.sysfs.FoundFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code look.sh} found on a machine at one moment: kernel files that its user may read, and what some commands said.
 *
 * @param files path to content
 * @param commands name to output
 */
public record BoardLook(Map<String, String> files, Map<String, String> commands) implements FoundFiles {
    public BoardLook {
        files = Map.copyOf(files);
        commands = Map.copyOf(commands);
    }

    /** Reads what the script printed; lines of no known form are left out. */
    public static BoardLook parse(String text) {
        LookText look = LookText.parse(text, other -> {});
        return new BoardLook(look.files(), look.commands());
    }

    /** What a command said; empty when it said nothing. */
    public Optional<String> command(String name) {
        return Optional.ofNullable(commands.get(name)).filter(said -> !said.isBlank());
    }

    /** The first line of what a command said. */
    public Optional<String> word(String name) {
        return command(name)
                .map(said -> said.lines().findFirst().orElse("").strip())
                .filter(line -> !line.isEmpty());
    }

    /** Where a program lies; empty when it is not on the path. */
    public Optional<String> program(String name) {
        return command("programs")
                .flatMap(list -> list.lines()
                        .filter(line -> line.startsWith(name + " "))
                        .map(line -> line.substring(name.length() + 1))
                        .findFirst());
    }

    /** What the device tree says that the machine is compatible with, the most special first. */
    public List<String> compatible() {
        return command("compatible")
                .map(said -> said.lines().filter(line -> !line.isBlank()).toList())
                .orElse(List.of());
    }

    /** Whether it is one of NVIDIA's Tegra boards. */
    public boolean isTegra() {
        return compatible().stream().anyMatch(word -> word.startsWith("nvidia,tegra"));
    }

    /** Whether commands may be run as root, by being it or by a sudo that does not ask. */
    public boolean mayDoAll() {
        return isRoot() || word("rights").filter("yes"::equals).isPresent();
    }

    public boolean isRoot() {
        return word("user").filter("0"::equals).isPresent();
    }

    /** Lines of {@code /etc/melt-virtual}, by which a machine says that it is simulated. */
    public Optional<String> simulated(String key) {
        return text("/etc/melt-virtual")
                .flatMap(text -> text.lines()
                        .filter(line -> line.startsWith(key + "="))
                        .map(line -> line.substring(key.length() + 1))
                        .findFirst());
    }
}
