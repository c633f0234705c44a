package dev.melt.android.adb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.agent.AgentScript;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DriverContext;
import dev.melt.core.device.TransferListener;
import dev.melt.testkit.DebianPackage;
import dev.melt.virtual.android.VirtualAndroid;
import dev.melt.virtual.android.VirtualDevices;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of more bytes than Android's shell can count: mksh computes with 32 bits. Holes in files, so that they take no room. */
class LargeFileTest {
    private static final long SIZE = 4_000_000_000L;
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final String SHA256 = "ab".repeat(32);

    @TempDir
    Path folder;

    private Map<String, String> environment = Map.of();
    private final List<VirtualAndroid> phones = new ArrayList<>();

    @BeforeEach
    void needParts() throws IOException {
        DebianPackage.require("adb");
        DebianPackage.require("mksh");
        DebianPackage.require("toybox");
        VirtualDevices.obstacle().ifPresent(Assumptions::abort);
        environment = TestPhone.environment(folder);
    }

    @AfterEach
    void end() throws Exception {
        for (VirtualAndroid phone : phones) {
            phone.close();
        }
        new ProcessBuilder("adb", "-P", environment.getOrDefault("ANDROID_ADB_SERVER_PORT", "0"), "kill-server")
                .start()
                .waitFor(20, TimeUnit.SECONDS);
        // before JUnit does it, which complains of each link that leads out of the folder
        new ProcessBuilder("rm", "-rf", folder.resolve("phone").toString())
                .start()
                .waitFor(20, TimeUnit.SECONDS);
    }

    @Test
    void aModelThatIsThereIsNotPushedAgain() throws IOException {
        VirtualAndroid phone = start();
        DeviceDriver driver = open(phone);
        driver.agent().install();
        String folderThere = AdbDeviceDriver.WORKDIR + "/store/" + SHA256;
        // a hash of four gigabytes takes a minute: this one is quick and says what is wanted
        String script = "mkdir -p " + folderThere + " /data/local/tmp/bin && echo 'cat >/dev/null </dev/null; echo "
                + SHA256 + "' >/data/local/tmp/bin/sha256sum && chmod 755 /data/local/tmp/bin/sha256sum";
        assertThat(driver.exec(List.of("sh", "-c", script), ANSWER).succeeded()).isTrue();
        Path there = hole(phone.onHost(folderThere + "/model.gguf"), SIZE);
        String agent = AgentScript.current().path(AdbDeviceDriver.WORKDIR);
        assertThat(driver.exec(
                                List.of(
                                        "sh",
                                        "-c",
                                        "PATH=/data/local/tmp/bin:$PATH; sh " + agent + " -w " + AdbDeviceDriver.WORKDIR
                                                + " seal " + SHA256 + " model.gguf"),
                                ANSWER)
                        .succeeded())
                .isTrue();
        assertThat(Files.readString(phone.onHost(folderThere + "/model.gguf.ok")))
                .startsWith(SIZE + "\n");
        Path local = hole(folder.resolve("model.gguf"), SIZE);
        List<Long> told = new ArrayList<>();

        driver.agent().store(local, SHA256, (done, total) -> told.add(done));

        assertThat(told).containsExactly(SIZE);
        assertThat(Files.exists(there.resolveSibling("model.gguf.part"))).isFalse();
    }

    @Test
    void aCopyThatBrokeBeyondTwoGigabytesGoesOnWhereItBroke() throws IOException {
        VirtualAndroid phone = start();
        DeviceDriver driver = open(phone);
        String target = AdbDeviceDriver.WORKDIR + "/large.bin";
        assertThat(driver.exec(List.of("sh", "-c", ": >" + target + ".part"), ANSWER)
                        .succeeded())
                .isTrue();
        hole(phone.onHost(target + ".part"), SIZE);
        Path local = hole(folder.resolve("large.bin"), SIZE + 3_000_000);
        List<Long> told = new ArrayList<>();

        driver.push(local, target, (TransferListener) (done, total) -> told.add(done));

        assertThat(told).isNotEmpty().allMatch(done -> done > SIZE);
        assertThat(Files.size(phone.onHost(target))).isEqualTo(SIZE + 3_000_000);
    }

    private VirtualAndroid start() throws IOException {
        VirtualAndroid phone = VirtualDevices.start("pixel8", folder.resolve("phone"));
        phones.add(phone);
        return phone;
    }

    private DeviceDriver open(VirtualAndroid phone) {
        return new AdbDriverProvider().open(phone.address(), new DriverContext(folder, environment));
    }

    private static Path hole(Path file, long bytes) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(bytes);
        }
        return file;
    }
}
