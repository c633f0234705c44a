package dev.melt.jetson.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a host is reached, everything that {@code ~/.ssh/config} says of it included.
 *
 * @param alias as it was typed
 * @param keyName the name under which {@code known_hosts} has it: {@code host} or {@code [host]:port}
 * @param identities files with private keys to try, those that do not exist too
 * @param identitiesOnly whether keys of an agent that are not among them are left alone
 * @param agent socket of the agent to ask
 * @param knownHosts files with keys of hosts
 * @param jumps the hosts to go through, in their order
 */
record SshHost(
        String alias,
        String hostName,
        int port,
        String user,
        String keyName,
        List<Path> identities,
        boolean identitiesOnly,
        Optional<Path> agent,
        List<Path> knownHosts,
        List<Destination> jumps,
        Duration connectTimeout) {
    SshHost {
        identities = List.copyOf(identities);
        knownHosts = List.copyOf(knownHosts);
        jumps = List.copyOf(jumps);
    }

    /** What messages call it. */
    String label() {
        return alias + "/ssh";
    }

    /** For people. */
    String address() {
        String bare = hostName.contains(":") ? "[" + hostName + "]" : hostName;
        return user + "@" + bare + (port == 22 ? "" : ":" + port);
    }
}
