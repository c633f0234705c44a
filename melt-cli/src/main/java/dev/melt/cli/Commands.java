package dev.melt.cli;

import static dev.melt.cli.CommandNode.leaf;

import dev.melt.cli.command.CompletionCommand;
import dev.melt.cli.command.DevicesCommand;
import dev.melt.cli.command.DoctorCommand;
import java.util.List;

/** Every command, in the order of the help text. To add one, write its class and name it here. */
public final class Commands {
    static final List<CommandNode> ALL = List.of(
            leaf("devices", "list the devices that can be seen now", DevicesCommand::new),
            leaf("doctor", "say what this host can drive and measure, and what is missing", DoctorCommand::new),
            leaf("completion", "print a completion script for a shell", CompletionCommand::new));

    private Commands() {}
}
