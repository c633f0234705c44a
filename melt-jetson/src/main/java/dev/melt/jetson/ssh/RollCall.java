package dev.melt.jetson.ssh;

import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceProfile;
import dev.melt.core.device.Platform;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which hosts somebody means to use: profiles that name a {@code host}, profiles whose own name {@code ~/.ssh/config} knows, and every
 * host of a configuration that was written for MELT. Each port is knocked at, all at once; nobody logs in, so that what a host is
 * stays unknown, and its profile's word for it is told.
 */
record RollCall(SshConfig config, SortedMap<String, DeviceProfile> profiles) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Those that do not answer are among them, with what to do under {@code remedy}. */
    List<Device> devices() {
        return addresses().entrySet().stream()
                .parallel()
                .map(entry -> device(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** By the name of the device. */
    private SortedMap<String, String> addresses() {
        SortedMap<String, String> addresses = new TreeMap<>();
        List<String> aliases = config.aliases();
        if (config.isForMelt()) {
            aliases.forEach(alias -> addresses.put(alias, alias));
        }
        profiles.forEach((name, profile) -> {
            if (profile.driver().equals(SshDriverProvider.NAME)
                    && (profile.host().isPresent() || aliases.contains(name))) {
                addresses.put(name, profile.host().orElse(name));
            }
        });
        return addresses;
    }

    private Device device(String name, String address) {
        Map<String, String> facts = new TreeMap<>(Map.of("asked", "no"));
        Optional.ofNullable(profiles.get(name)).map(DeviceProfile::about).ifPresent(about -> facts.put("about", about));
        try {
            SshHost host = config.resolve(Destination.parse(address));
            facts.put("link", "network");
            knock(host, facts);
            return new Device(name, Platform.LINUX, host.address(), false, facts);
        } catch (InvalidInputException unusable) {
            facts.put("state", "misconfigured");
            facts.put("remedy", unusable.problem().message());
            return new Device(name, Platform.LINUX, address, false, facts);
        }
    }

    private static void knock(SshHost host, Map<String, String> facts) {
        if (!host.jumps().isEmpty()) {
            facts.put("state", "behind " + host.jumps().get(0).host());
            return;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.hostName(), host.port()), (int) PATIENCE.toMillis());
            facts.put("state", "device");
        } catch (IOException | RuntimeException e) {
            facts.put("state", "unreachable");
            facts.put(
                    "remedy", host.address() + ": " + SshConnector.words(e) + "; switch it on, or correct its address");
        }
    }
}
