package dev.melt.core.agent;

import dev.melt.core.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The agent's shell script. It is kept in parts by what they are about, and is one file on every device.
 *
 * @param text the whole script
 * @param sha256 of it, lower-case hex: its version
 */
public record AgentScript(String text, String sha256) {
    /** What {@code version} prints. */
    static final String VERSION = "melt-agent 1";

    /** In the order in which they are put together: what is used while the script is read comes first, what acts comes last. */
    private static final List<String> PARTS = List.of(
            "setup",
            "clock",
            "processes",
            "polling",
            "readers",
            "engine",
            "status",
            "deaths",
            "sampler",
            "launch",
            "trials",
            "store",
            "stock",
            "main");

    /** The one that this build of MELT brings. */
    public static AgentScript current() {
        String text = PARTS.stream().map(AgentScript::part).collect(Collectors.joining("\n"));
        return new AgentScript(text, Sha256.of(text));
    }

    private static String part(String name) {
        String path = "parts/" + name + ".sh";
        try (InputStream resource = AgentScript.class.getResourceAsStream(path)) {
            if (resource == null) {
                throw new IllegalStateException(path + " is missing from the program");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it lies below a work folder. */
    public String path(String workdir) {
        return workdir + "/agent/" + sha256.substring(0, 16) + "/melt-agent.sh";
    }
}
