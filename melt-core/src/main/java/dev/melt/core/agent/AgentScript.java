package dev.melt.core.agent;

import dev.melt.core.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The agent's shell script, as it lies in MELT's own jar.
 *
 * @param text the whole script
 * @param sha256 of it, lower-case hex: its version
 */
public record AgentScript(String text, String sha256) {
    /** What {@code version} prints. */
    static final String VERSION = "melt-agent 1";

    /** The one that this build of MELT brings. */
    public static AgentScript current() {
        try (InputStream resource = AgentScript.class.getResourceAsStream("melt-agent.sh")) {
            if (resource == null) {
                throw new IllegalStateException("melt-agent.sh is missing from the program");
            }
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return new AgentScript(text, Sha256.of(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it lies below a work folder. */
    public String path(String workdir) {
        return workdir + "/agent/" + sha256.substring(0, 16) + "/melt-agent.sh";
    }
}
