package dev.melt.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceDriverProvider;
import dev.melt.core.device.DriverContext;
import dev.melt.core.device.TransferListener;
import dev.melt.testkit.DeviceDriverContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDeviceDriverTest implements DeviceDriverContract {
    @TempDir
    Path workdir;

    @Override
    public DeviceDriver driver() {
        return new LocalDeviceDriver(workdir, Path.of("/"), List.of());
    }

    @Override
    public String folder() {
        return workdir.toString();
    }

    @Test
    void isFoundByItsName() {
        DriverContext context = new DriverContext(workdir, Map.of());
        List<DeviceDriverProvider> claiming = ServiceLoader.load(DeviceDriverProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.claims("local", context))
                .toList();
        assertThat(claiming).hasSize(1);
        try (DeviceDriver driver = claiming.get(0).open("local", context)) {
            assertThat(driver.device().facts())
                    .containsKeys(
                            "abi", "arch", "cores", "cpu_model", "java", "kernel", "memory_bytes", "os", "virtualised");
            assertThat(driver.device().virtual()).isFalse();
        }
    }

    @Test
    void continuesACopyWhereItBroke() throws IOException {
        byte[] content = new byte[500_000];
        Arrays.fill(content, (byte) 7);
        Path file = Files.write(workdir.resolve("small"), content);
        Path target = workdir.resolve("target");
        Files.write(workdir.resolve("target.part"), Arrays.copyOf(content, 400_000));
        List<Long> progress = new ArrayList<>();
        driver().push(file, target.toString(), (done, total) -> progress.add(done));
        assertThat(target).hasBinaryContent(content);
        assertThat(progress).containsExactly(500_000L);
    }

    @Test
    void startsAgainWhenTheBrokenCopyIsOfAnotherFile() throws IOException {
        Path file = Files.write(workdir.resolve("small"), new byte[1000]);
        Files.writeString(workdir.resolve("target.part"), "something else");
        driver().push(file, workdir.resolve("target").toString(), TransferListener.NONE);
        assertThat(workdir.resolve("target")).hasBinaryContent(new byte[1000]);
    }

    @Test
    void linksLargeFilesInsteadOfCopyingThem() throws IOException {
        Path file = Files.write(workdir.resolve("large"), new byte[2 << 20]);
        driver().push(file, workdir + "/store/large", TransferListener.NONE);
        assertThat(Files.isSameFile(file, workdir.resolve("store/large"))).isTrue();
    }
}
