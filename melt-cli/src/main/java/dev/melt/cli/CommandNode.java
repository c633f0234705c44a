package dev.melt.cli;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A word that may be typed after {@code melt}. Holds just enough for a help text, so that a start need look closely only at
 * the command that was typed.
 */
sealed interface CommandNode {
    String name();

    /** One line for the list of commands. */
    String summary();

    /**
     * A command that does something.
     *
     * @param exitCodes what it may end with, for its help text
     * @param factory makes the object that picocli fills
     */
    record Leaf(String name, String summary, Set<ExitCode> exitCodes, Supplier<? extends MeltCommand> factory)
            implements CommandNode {
        public Leaf {
            requireNonNull(name, "name");
            requireNonNull(summary, "summary");
            requireNonNull(factory, "factory");
            exitCodes = Set.copyOf(exitCodes);
        }
    }

    /** A noun with commands of its own, such as {@code models}. */
    record Group(String name, String summary, List<CommandNode> children) implements CommandNode {
        public Group {
            requireNonNull(name, "name");
            requireNonNull(summary, "summary");
            children = List.copyOf(children);
        }
    }

    /** A command that is done, fails, or was called wrongly. */
    static CommandNode leaf(String name, String summary, Supplier<? extends MeltCommand> factory) {
        return new Leaf(
                name,
                summary,
                EnumSet.of(ExitCode.DONE, ExitCode.NOTHING_USABLE, ExitCode.USAGE, ExitCode.INTERRUPTED),
                factory);
    }

    /** A command whose result may be there and be marred. */
    static CommandNode judging(String name, String summary, Supplier<? extends MeltCommand> factory) {
        return new Leaf(
                name,
                summary,
                EnumSet.of(
                        ExitCode.DONE,
                        ExitCode.NOTHING_USABLE,
                        ExitCode.USAGE,
                        ExitCode.PARTLY_FAILED,
                        ExitCode.INTERRUPTED),
                factory);
    }

    static CommandNode group(String name, String summary, CommandNode... children) {
        return new Group(name, summary, List.of(children));
    }
}
