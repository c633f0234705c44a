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
 * @param ports of the device's loopback interface of which a server takes the first that is free; empty for an engine that
 *     does not serve
 */
public record Invocation(
        List<String> command, Map<String, String> environment, Map<String, String> inputs, List<Integer> ports) {
    public Invocation {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        inputs = Map.copyOf(inputs);
        ports = List.copyOf(ports);
    }

    /** Of an engine that does not serve. */
    public Invocation(List<String> command, Map<String, String> environment, Map<String, String> inputs) {
        this(command, environment, inputs, List.of());
    }
}
