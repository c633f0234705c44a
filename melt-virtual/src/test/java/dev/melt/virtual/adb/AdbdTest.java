package dev.melt.virtual.adb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real adb from Debian against the daemon: what it can do with a phone, it can do here. */
class AdbdTest {
    private record Said(int exitCode, String text) {}

    @TempDir
    Path folder;

    private final AdbFaults faults = new AdbFaults();
    private final AdbKeys keys = new AdbKeys();
    private boolean shellV2 = true;
    private List<AutoCloseable> open = new ArrayList<>();
    private int serverPort;
    private String serial = "";

    @BeforeEach
    void needAdb() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/adb")), "adb is missing: apt-get install adb");
        try (ServerSocket free = new ServerSocket(0)) {
            serverPort = free.getLocalPort();
        }
    }

    @AfterEach
    void end() throws Exception {
        adb("kill-server");
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void runsCommandsWithTheirStreamsAndExitCodesApart() throws Exception {
        connect();

        Said said = on("shell", "echo one; echo two >&2; exit 7");

        assertThat(said.exitCode()).isEqualTo(7);
        assertThat(said.text()).contains("one\n").contains("two\n");
        assertThat(on("get-state").text()).isEqualTo("device\n");
    }

    @Test
    void anOldDeviceMixesStreamsAndLosesTheExitCode() throws Exception {
        shellV2 = false;
        connect();

        assertThat(on("shell", "echo one; exit 7").exitCode()).isZero();
    }

    @Test
    void copiesFilesInBothDirections() throws Exception {
        connect();
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("model.bin"), content);

        assertThat(on("push", file.toString(), "/data/model.bin").text()).contains("1 file pushed");
        assertThat(on("pull", "/data/model.bin", folder.resolve("back").toString())
                        .exitCode())
                .isZero();
        assertThat(folder.resolve("back")).hasBinaryContent(content);
    }

    @Test
    void breaksInTheMiddleOfACopy() throws Exception {
        connect();
        Path file = Files.write(folder.resolve("model.bin"), new byte[3_000_000]);
        faults.dropAfter(1_000_000);

        assertThat(on("push", file.toString(), "/data/model.bin").exitCode()).isNotZero();
    }

    @Test
    void asksForAKeyAndLetsNobodyInWhenThePersonSaysNo() throws Exception {
        keys.ask(false);
        connect();

        assertThat(adb("devices").text()).contains("unauthorized");
    }

    @Test
    void letsAHostInWhoseKeyThePersonAccepts() throws Exception {
        keys.ask(true);
        connect();
        assertThat(on("shell", "echo in").text()).isEqualTo("in\n");
    }

    private void connect() throws Exception {
        Path root = Files.createDirectories(folder.resolve("device"));
        Files.createDirectories(root.resolve("data"));
        Adbd adbd = new Adbd(
                new Adbd.Device() {
                    @Override
                    public String banner() {
                        return "device::ro.product.name=p;ro.product.model=m;ro.product.device=d;features=cmd,stat_v2"
                                + (shellV2 ? ",shell_v2" : "");
                    }

                    @Override
                    public boolean hasShellV2() {
                        return shellV2;
                    }

                    @Override
                    public List<String> shell(String command) {
                        return List.of("/bin/sh", "-c", command);
                    }

                    @Override
                    public Path path(String onDevice) {
                        return root.resolve(onDevice.substring(1));
                    }
                },
                faults,
                keys);
        open.add(adbd);
        serial = adbd.address();
        adb("connect", serial);
        for (int i = 0; i < 50 && !adb("devices").text().contains(serial); i++) {
            Thread.sleep(100);
        }
    }

    private Said on(String... command) throws Exception {
        List<String> line = new ArrayList<>(List.of("-s", serial));
        line.addAll(List.of(command));
        return adb(line.toArray(String[]::new));
    }

    private Said adb(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("/usr/bin/adb", "-P", Integer.toString(serverPort)));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        Path out = Files.createTempFile(folder, "adb", ".txt");
        builder.redirectOutput(out.toFile());
        Process process = builder.start();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Said(process.waitFor(), Files.readString(out, StandardCharsets.UTF_8));
    }
}
