package dev.melt.cli;

import dev.melt.cli.CommandNode.Group;
import dev.melt.cli.CommandNode.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Makes picocli's view of the commands. Reading a command's annotations costs more than all else of a start, so only
 * commands whose name is among the arguments are read; of the others picocli sees name and summary.
 */
final class CommandLines {
    private static final String ROOT = "melt";

    private final GlobalOptions options;
    private final Session session;

    CommandLines(GlobalOptions options, Session session) {
        this.options = options;
        this.session = session;
    }

    /** The whole of what these arguments can need. */
    CommandLine build(List<CommandNode> commands, Collection<String> args) {
        CommandSpec root = CommandSpec.create().name(ROOT);
        root.usageMessage()
                .description("Benchmarks large language models on the devices that people carry.")
                .synopsisSubcommandLabel("COMMAND")
                .commandListHeading("%nCommands:%n")
                .optionListHeading("%nOptions (before or after the command):%n")
                .footerHeading("%nExamples:%n")
                .footer(
                        "  melt doctor                    what this machine can drive and measure",
                        "  melt models list               models to choose from",
                        "  melt COMMAND --help            options and examples of a command");
        describeExitCodes(root.usageMessage(), Arrays.asList(ExitCode.values()));
        options.addTo(root, true);
        CommandLine line = new CommandLine(root);
        addAll(line, commands, Set.copyOf(args));
        Terminal terminal = session.terminal();
        // settings reach subcommands, so they come last
        return line.setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(terminal.helpColumns())
                .setUsageHelpAutoWidth(false)
                .setColorScheme(Help.defaultColorScheme(terminal.color() ? Help.Ansi.ON : Help.Ansi.OFF));
    }

    private void addAll(CommandLine parent, List<CommandNode> nodes, Set<String> named) {
        for (CommandNode node : nodes) {
            CommandLine child;
            if (!named.contains(node.name())) {
                child = new CommandLine(described(CommandSpec.create(), node));
            } else if (node instanceof Leaf leaf) {
                child = new CommandLine(whole(leaf));
            } else {
                child = new CommandLine(whole(node));
                addAll(child, ((Group) node).children(), named);
            }
            parent.addSubcommand(node.name(), child);
        }
    }

    private CommandSpec whole(CommandNode group) {
        CommandSpec spec = described(CommandSpec.create(), group);
        spec.usageMessage()
                .synopsisSubcommandLabel("COMMAND")
                .commandListHeading("%nCommands:%n")
                .optionListHeading("%nOptions:%n");
        options.addTo(spec, false);
        return spec;
    }

    private CommandSpec whole(Leaf leaf) {
        CommandSpec spec =
                described(CommandSpec.forAnnotatedObject(leaf.factory().get()), leaf);
        spec.usageMessage()
                .optionListHeading("%nOptions (and those of 'melt --help'):%n")
                .parameterListHeading("%nArguments:%n")
                .footerHeading("%nExamples:%n")
                .sortOptions(false);
        describeExitCodes(
                spec.usageMessage(),
                Arrays.stream(ExitCode.values())
                        .filter(leaf.exitCodes()::contains)
                        .toList());
        options.addTo(spec, false);
        return spec;
    }

    private static CommandSpec described(CommandSpec spec, CommandNode node) {
        List<String> text = new ArrayList<>(List.of(node.summary()));
        text.addAll(Arrays.asList(spec.usageMessage().description()));
        spec.name(node.name()).usageMessage().description(text.toArray(String[]::new));
        return spec;
    }

    private static void describeExitCodes(UsageMessageSpec usage, List<ExitCode> codes) {
        Map<String, String> meanings = new LinkedHashMap<>();
        codes.forEach(code -> meanings.put(" " + code.code(), code.meaning()));
        usage.exitCodeListHeading("%nExit codes:%n").exitCodeList(meanings);
    }
}
