package dev.melt.cli.command.run;

import picocli.CommandLine.Parameters;

/** The run that a command is about. */
final class RunReference {
    @Parameters(
            index = "0",
            arity = "1",
            paramLabel = "RUN",
            description = "id of a run, the beginning of one, or its last four characters")
    private String id = "";

    String id() {
        return id;
    }
}
