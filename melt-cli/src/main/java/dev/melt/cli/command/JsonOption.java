package dev.melt.cli.command;

import picocli.CommandLine.Option;

/** {@code --json}, for every command that lists. */
public final class JsonOption {
    @Option(names = "--json", description = "write JSON for programs instead of a table")
    private boolean json;

    public boolean json() {
        return json;
    }
}
