package dev.melt.jetson.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceProfile;
import dev.melt.testkit.DebianPackage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which hosts are devices, and what is told of them without logging in. */
class RollCallTest {
    @TempDir
    Path folder;

    private final SortedMap<String, DeviceProfile> profiles = new TreeMap<>();

    @BeforeEach
    void needsTheClient() {
        DebianPackage.require("openssh-client", "ssh");
    }

    @Test
    void tellsWhoAnswersAndWhoDoesNot() throws IOException {
        try (ServerSocket up = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            profiles.put("desk", profile(Optional.of("ssh://127.0.0.1:" + up.getLocalPort())));
            profiles.put("shelf", profile(Optional.of("ssh://127.0.0.1:" + free())));
            profiles.put("never", profile(Optional.empty()));

            List<Device> devices = devices();

            assertThat(devices).extracting(Device::name).containsExactly("desk", "shelf");
            assertThat(devices.get(0).facts())
                    .containsEntry("state", "device")
                    .containsEntry("about", "a board")
                    .containsEntry("asked", "no");
            assertThat(devices.get(1).facts()).containsEntry("state", "unreachable");
            assertThat(devices.get(1).facts().get("remedy")).contains("switch it on");
        }
    }

    @Test
    void takesAProfileWhoseNameTheUsersConfigurationKnows() throws IOException {
        config("orin-agx", free());
        assertThat(devices()).isEmpty();

        profiles.put("orin-agx", profile(Optional.empty()));

        assertThat(devices()).extracting(Device::name).containsExactly("orin-agx");
    }

    @Test
    void takesEveryHostOfAConfigurationThatIsForMelt() throws IOException {
        try (ServerSocket up = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            config("virtual-orin-agx", up.getLocalPort());
            Map<String, String> environment = Map.of("MELT_SSH_CONFIG", file().toString());

            List<Device> devices = new RollCall(new SshConfig(environment), profiles).devices();

            assertThat(devices).extracting(Device::name).containsExactly("virtual-orin-agx");
            assertThat(devices.get(0).facts()).containsEntry("state", "device").doesNotContainKey("about");
        }
    }

    @Test
    void saysThatAnAddressIsNone() throws IOException {
        profiles.put("desk", profile(Optional.of("ssh://a:70000")));

        assertThat(devices().get(0).facts()).containsEntry("state", "misconfigured");
    }

    private List<Device> devices() {
        return new RollCall(new SshConfig(Map.of("HOME", folder.toString())), profiles).devices();
    }

    /** OpenSSH itself looks for the user's own elsewhere: only names are read from it. */
    private Path file() {
        return folder.resolve(".ssh/config");
    }

    private void config(String alias, int port) throws IOException {
        Files.createDirectories(folder.resolve(".ssh"));
        Files.writeString(file(), "Host " + alias + "\n  HostName 127.0.0.1\n  Port " + port + "\n");
    }

    private static int free() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static DeviceProfile profile(Optional<String> host) {
        return new DeviceProfile(
                "a board",
                "ssh",
                Optional.empty(),
                host,
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
