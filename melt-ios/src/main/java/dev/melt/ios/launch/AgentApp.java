package dev.melt.ios.launch;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * MELT's app as it is installed on a phone.
 *
 * @param bundle its identifier, such as {@code dev.melt.agent}
 * @param container folder of its data, on the phone
 * @param program path of its program, on the phone; empty where the phone does not tell
 * @param process the name under which it runs, and under which logs speak of it
 */
public record AgentApp(String bundle, String container, Optional<String> program, String process) {
    public AgentApp {
        requireNonNull(bundle, "bundle");
        requireNonNull(container, "container");
        requireNonNull(program, "program");
        requireNonNull(process, "process");
    }
}
