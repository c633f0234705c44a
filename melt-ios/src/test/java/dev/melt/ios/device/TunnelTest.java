package dev.melt.ios.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.core.device.TransferListener;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.Sha256;
import dev.melt.virtual.ios.IphoneRemote;
import dev.melt.virtual.machine.ControlPipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A phone of iOS 17: its app is launched by a program that has a tunnel, here one that only looks like pymobiledevice3. */
class TunnelTest {
    @TempDir
    Path folder;

    private void program(String script) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path file = Files.writeString(bin.resolve("pymobiledevice3"), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void launchesTheAppThroughAProgramThatHasATunnel() throws IOException {
        String path = folder.resolve("bin") + ":" + System.getenv().getOrDefault("PATH", "/usr/bin");
        try (TestIphone phone = TestIphone.start("iphone15pro", folder, options -> options, Map.of("PATH", path));
                ControlPipe control = new ControlPipe(
                        folder.resolve("control"), line -> new IphoneRemote(phone.phone()).obey(line))) {
            program("echo \"launch dev.melt.agent\" >" + control.path());
            phone.pair();
            Path model = TestIphone.tiny(folder);
            try (DeviceDriver driver = phone.open()) {
                assertThat(driver.device().facts()).containsEntry("launcher", "pymobiledevice3");

                String stored = driver.agent().store(model, Sha256.of(model, ByteProgress.NONE), TransferListener.NONE);

                assertThat(stored).startsWith("../../store/");
                program("echo 'BSErrorCodeDescription = Locked' >&2; exit 1");
                Path other = Files.writeString(folder.resolve("other.bin"), "other");
                assertThatThrownBy(() ->
                                driver.agent().store(other, Sha256.of(other, ByteProgress.NONE), TransferListener.NONE))
                        .isInstanceOf(Unreachable.class)
                        .hasMessageContaining("the phone is locked");
            }
        }
    }
}
