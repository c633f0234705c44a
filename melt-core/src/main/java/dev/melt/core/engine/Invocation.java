package dev.melt.core.engine;

import java.util.List;
import java.util.Map;

/**
 * How an engine process is started.
 *
 * @param command the argument array, run in the trial's folder
 * @param environment variables that it needs
 * @param inputs files that must lie in the trial's folder: name to content; prompts travel here, never on the command
 *     line
 */
public record Invocation(List<String> command, Map<String, String> environment, Map<String, String> inputs) {
    public Invocation {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        inputs = Map.copyOf(inputs);
    }
}
