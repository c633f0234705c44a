package dev.melt.android.adb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceProfile;
import dev.melt.core.device.DriverContext;
import dev.melt.core.problem.InvalidInputException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Debian's adb server shows, and which device a name means. */
class AdbListingTest {
    private final AdbDriverProvider provider = new AdbDriverProvider();

    @TempDir
    Path folder;

    private static SortedMap<String, DeviceProfile> profiles(String... products) {
        TreeMap<String, DeviceProfile> profiles = new TreeMap<>();
        for (String product : products) {
            profiles.put(
                    "my-" + product,
                    new DeviceProfile(
                            "about",
                            "adb",
                            Optional.of(new DeviceProfile.Match(
                                    Optional.empty(), Optional.of(product), Optional.empty(), Optional.empty())),
                            Optional.empty(),
                            Optional.empty(),
                            OptionalDouble.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
        }
        return profiles;
    }

    @Test
    void startsAServerWhereThereIsNoneAndFindsNothing() throws Exception {
        try (TestPhone phone = TestPhone.unconnected(folder, TestPhone.Kind.NEW, TestPhone.environment(folder))) {
            assertThat(phone.server().isRunning()).isFalse();
            assertThat(provider.discover(phone.context())).isEmpty();
            assertThat(phone.server().isRunning()).isTrue();
        }
    }

    @Test
    void callsADeviceByItsProfile() throws Exception {
        try (TestPhone phone = TestPhone.connected(folder, TestPhone.Kind.NEW)) {
            DriverContext context = phone.context(profiles("shiba", "husky"));
            assertThat(provider.discover(context)).extracting(Device::name).containsExactly("my-shiba");
            Device device = provider.open("my-shiba", context).device();
            assertThat(device.serial()).isEqualTo(phone.serial());
            assertThat(device.facts())
                    .containsEntry("abi", "arm64-v8a")
                    .containsEntry("soc", "Tensor G3")
                    .containsEntry("model", "Pixel 8")
                    .containsKeys("kernel", "memory_bytes", "storage_bytes", "adb_server")
                    .doesNotContainKeys("transport_id", "remedy");
        }
    }

    @Test
    void asksEachDeviceWhoItIs() throws Exception {
        Map<String, String> environment = TestPhone.environment(folder);
        try (TestPhone real = TestPhone.unconnected(folder.resolve("1"), TestPhone.Kind.NEW, environment);
                TestPhone emulated = TestPhone.unconnected(folder.resolve("2"), TestPhone.Kind.OLD, environment)) {
            emulated.command("getprop", "printf '[ro.kernel.qemu]: [1]\\n[ro.build.version.release]: [9]\\n'");
            real.connect();
            emulated.connect();
            List<Device> found = provider.discover(real.context());
            assertThat(found).hasSize(2);
            Device one = found.stream()
                    .filter(device -> device.serial().equals(real.serial()))
                    .findFirst()
                    .orElseThrow();
            assertThat(one.virtual()).isFalse();
            assertThat(one.facts())
                    .containsEntry("soc", "Tensor G3")
                    .containsEntry("model", "Pixel 8")
                    .containsEntry("state", "device");
            assertThat(found)
                    .filteredOn(device -> device.serial().equals(emulated.serial()))
                    .allSatisfy(device -> {
                        assertThat(device.virtual()).isTrue();
                        assertThat(device.facts()).containsEntry("android", "9");
                    });
        }
    }

    @Test
    void aDeviceThatDoesNotAnswerKeepsItsRow() throws Exception {
        Map<String, String> environment = TestPhone.environment(folder);
        try (TestPhone silent = TestPhone.unconnected(folder.resolve("1"), TestPhone.Kind.NEW, environment);
                TestPhone other = TestPhone.unconnected(folder.resolve("2"), TestPhone.Kind.NEW, environment)) {
            silent.connect();
            other.connect();
            silent.faults.mute(true);
            List<Device> found = provider.discover(other.context());
            assertThat(found)
                    .filteredOn(device -> device.serial().equals(silent.serial()))
                    .singleElement()
                    .satisfies(device -> assertThat(device.facts())
                            .containsEntry("state", "silent")
                            .containsKey("remedy")
                            .doesNotContainKey("android"));
            assertThat(found)
                    .filteredOn(device -> device.serial().equals(other.serial()))
                    .singleElement()
                    .satisfies(device -> assertThat(device.facts()).containsEntry("state", "device"));
        }
    }

    @Test
    void namesBothWhenTwoFit() throws Exception {
        Map<String, String> environment = TestPhone.environment(folder);
        try (TestPhone one = TestPhone.unconnected(folder.resolve("1"), TestPhone.Kind.NEW, environment);
                TestPhone two = TestPhone.unconnected(folder.resolve("2"), TestPhone.Kind.NEW, environment)) {
            one.connect();
            two.connect();
            assertThatThrownBy(() -> provider.open("my-shiba", one.context(profiles("shiba"))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(one.serial())
                    .hasMessageContaining(two.serial());
            assertThat(provider.discover(one.context(profiles("shiba"))))
                    .extracting(Device::name)
                    .containsExactlyInAnyOrder(one.serial(), two.serial());
        }
    }

    @Test
    void saysWhatIsAttachedWhenNothingFits() throws Exception {
        try (TestPhone phone = TestPhone.connected(folder, TestPhone.Kind.NEW)) {
            assertThatThrownBy(() -> provider.open("my-husky", phone.context(profiles("husky"))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(phone.serial())
                    .hasMessageContaining("Pixel_8");
        }
    }

    @Test
    void tellsWhatToDoWithADeviceThatHasNotAgreed() throws Exception {
        try (TestPhone phone = TestPhone.unconnected(folder, TestPhone.Kind.NEW, TestPhone.environment(folder))) {
            phone.keys.ask(false);
            phone.connect();
            List<Device> found = provider.discover(phone.context());
            assertThat(found).hasSize(1);
            assertThat(found.get(0).facts())
                    .containsEntry("state", "unauthorized")
                    .containsKey("remedy");
            assertThatThrownBy(() -> provider.open(phone.serial(), phone.context()))
                    .hasMessageContaining("unauthorized")
                    .hasMessageContaining("accept this computer");
        }
    }

    @Test
    void refusesAServerThatIsNone() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            Thread answering = new Thread(() -> {
                while (!other.isClosed()) {
                    try (var socket = other.accept()) {
                        socket.getOutputStream()
                                .write("HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.US_ASCII));
                    } catch (java.io.IOException closed) {
                        return;
                    }
                }
            });
            answering.setDaemon(true);
            answering.start();
            DriverContext context = new DriverContext(
                    folder, Map.of("ANDROID_ADB_SERVER_PORT", Integer.toString(other.getLocalPort())));
            assertThatThrownBy(() -> provider.open("x", context))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("does not answer as one");
        }
    }

    @Test
    void saysWhatIsMissingWhereThereIsNoAdb() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        DriverContext context = new DriverContext(
                folder, Map.of("ANDROID_ADB_SERVER_PORT", Integer.toString(free), "PATH", "/nowhere"));
        assertThat(provider.discover(context)).isEmpty();
        assertThat(provider.claims("anything", context)).isFalse();
        assertThatThrownBy(() -> provider.open("x", context))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("apt-get install adb");
    }
}
