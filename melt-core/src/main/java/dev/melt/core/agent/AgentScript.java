package dev.melt.core.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
            byte[] bytes = resource.readAllBytes();
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            return new AgentScript(new String(bytes, StandardCharsets.UTF_8), sha256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Where it lies below a work folder. */
    String path(String workdir) {
        return workdir + "/agent/" + sha256.substring(0, 16) + "/melt-agent.sh";
    }
}
