package dev.melt.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.AutoComplete;

/** The script that lets bash and zsh complete MELT's commands and options. */
public final class CompletionScript {
    private CompletionScript() {}

    /** Made from all commands, each read whole. */
    public static String of(Session session) {
        Set<String> names = new HashSet<>();
        collect(Commands.ALL, names);
        return AutoComplete.bash("melt", new CommandLines(new GlobalOptions(), session).build(Commands.ALL, names));
    }

    private static void collect(List<CommandNode> nodes, Set<String> names) {
        for (CommandNode node : nodes) {
            names.add(node.name());
            if (node instanceof CommandNode.Group group) {
                collect(group.children(), names);
            }
        }
    }
}
