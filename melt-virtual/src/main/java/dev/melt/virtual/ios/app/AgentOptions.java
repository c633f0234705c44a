package dev.melt.virtual.ios.app;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a reference agent is made with.
 *
 * @param version its {@code CFBundleVersion}
 * @param worker {@code melt-worker.jar}; where it is empty, the one that the system property {@code melt.worker} names, or the one in
 *     the folder {@code melt.dist}
 */
public record AgentOptions(String bundleId, String version, Optional<Path> worker) {
    /** As it is known to MELT. */
    public static final AgentOptions USUAL = new AgentOptions("dev.melt.agent", "1", Optional.empty());

    public AgentOptions {
        if (!bundleId.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+")) {
            throw new IllegalArgumentException("a bundle id expected, was " + bundleId);
        }
    }

    /** The same with another worker. */
    public AgentOptions withWorker(Path jar) {
        return new AgentOptions(bundleId, version, Optional.of(jar));
    }
}
