package dev.melt.jetson.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.DeviceDriver;
import dev.melt.testkit.DeviceDriverContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What every driver must do, over Debian's sshd. */
@TestInstance(Lifecycle.PER_CLASS)
class SshDeviceDriverTest implements DeviceDriverContract {
    @SuppressWarnings("NullAway.Init") // made before the first test
    private Path folder;

    @SuppressWarnings("NullAway.Init") // opened before the first test
    private TestSshd sshd;

    private @Nullable DeviceDriver driver;

    @BeforeAll
    void open(@TempDir Path made) throws Exception {
        folder = made;
        sshd = TestSshd.start(folder);
        driver = sshd.open();
    }

    @AfterAll
    void close() {
        if (driver != null) {
            driver.close();
        }
        sshd.close();
    }

    @Override
    public DeviceDriver driver() {
        if (driver == null) {
            throw new IllegalStateException("not opened");
        }
        return driver;
    }

    @Override
    public String folder() {
        return folder.resolve("there").toString();
    }

    @Test
    void knowsTheMachine() throws Exception {
        assertThat(driver().device().facts())
                .containsEntry("os", "Linux")
                .containsEntry(
                        "kernel",
                        Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip())
                .containsKeys("arch", "abi", "cores", "memory_bytes", "storage_bytes", "java", "ssh_server");
    }

    @Test
    void goesOnAfterTheConnectionEnded() {
        assertThat(driver().exec(List.of("true"), PATIENCE).succeeded()).isTrue();
        sshd.dropConnections();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> driver().exec(List.of("true"), PATIENCE)))
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isNull(),
                        thrown -> assertThat(thrown).isInstanceOf(dev.melt.core.device.DeviceException.class));
        assertThat(driver().exec(List.of("echo", "back"), PATIENCE).stdout()).isEqualTo("back\n");
    }
}
