package dev.melt.cli.command;

import picocli.CommandLine.Option;

/** {@code --json}, for every command that lists. */
final class JsonOption {
    @Option(names = "--json", description = "write JSON for programs instead of a table")
    private boolean json;

    boolean json() {
        return json;
    }
}
