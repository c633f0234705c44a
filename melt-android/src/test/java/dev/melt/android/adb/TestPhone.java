package dev.melt.android.adb;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceProfile;
import dev.melt.core.device.DriverContext;
import dev.melt.testkit.DebianPackage;
import dev.melt.virtual.adb.AdbFaults;
import dev.melt.virtual.adb.AdbKeys;
import dev.melt.virtual.adb.Adbd;
import dev.melt.virtual.box.Box;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Phones in boxes behind Debian's adb server on a port of its own. */
final class TestPhone implements AutoCloseable {
    final AdbFaults faults = new AdbFaults();
    final AdbKeys keys = new AdbKeys();
    final Path folder;

    private final Box box;
    private final Map<String, String> environment;
    private final Adbd adbd;
    private final boolean shellV2;
    private final String product;
    private final String model;

    /** What a test says of a phone before it is switched on. */
    record Kind(String product, String model, boolean shellV2) {
        static final Kind NEW = new Kind("shiba", "Pixel_8", true);
        static final Kind OLD = new Kind("hammerhead", "Nexus_5", false);
    }

    private TestPhone(Path folder, Kind kind, Map<String, String> environment) throws IOException {
        this.folder = folder;
        this.product = kind.product();
        this.model = kind.model();
        this.shellV2 = kind.shellV2();
        this.environment = environment;
        this.box = new Box(folder.resolve("box"));
        Files.createDirectories(box.files().resolve("data/local/tmp"));
        Files.createDirectories(box.files().resolve("sys"));
        Path bin = Files.createDirectories(box.files().resolve("system/bin"));
        program(
                bin.resolve("getprop"),
                "cat <<'X'\n[ro.product.manufacturer]: [Google]\n[ro.product.model]: [" + model.replace('_', ' ')
                        + "]\n[ro.product.cpu.abi]: [arm64-v8a]\n[ro.soc.model]: [Tensor G3]\nX");
        this.adbd = new Adbd(new InBox(), faults, keys);
    }

    /** Switches it on and connects the server to it. */
    static TestPhone connected(Path folder, Kind kind) throws IOException, InterruptedException {
        TestPhone phone = unconnected(folder, kind, environment(folder));
        phone.connect();
        return phone;
    }

    static TestPhone unconnected(Path folder, Kind kind, Map<String, String> environment) throws IOException {
        DebianPackage.require("adb");
        Box.obstacle().ifPresent(Assumptions::abort);
        TestPhone phone = new TestPhone(folder, kind, environment);
        phone.box.start(Duration.ofHours(5));
        return phone;
    }

    /** Of a host whose adb server is this test's alone. */
    static Map<String, String> environment(Path home) throws IOException {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        try (ServerSocket free = new ServerSocket(0)) {
            environment.put("ANDROID_ADB_SERVER_PORT", Integer.toString(free.getLocalPort()));
        }
        environment.put("HOME", home.toString());
        return environment;
    }

    void kernelFile(String path, String content) throws IOException {
        Path file = box.files().resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, content + "\n");
    }

    void command(String name, String script) throws IOException {
        program(box.files().resolve("system/bin").resolve(name), script);
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    String serial() {
        return adbd.address();
    }

    Map<String, String> environment() {
        return environment;
    }

    DriverContext context() {
        return context(new TreeMap<>());
    }

    DriverContext context(SortedMap<String, DeviceProfile> profiles) {
        return new DriverContext(folder, environment, () -> profiles);
    }

    AdbServer server() {
        return new AdbServer(AdbAddress.of(environment), AdbProgram.find(environment));
    }

    AdbLink link() {
        return new DadbLink(server(), serial());
    }

    DeviceDriver open() {
        return new AdbDriverProvider().open(serial(), context());
    }

    void connect() throws InterruptedException {
        server().ensureRunning();
        server().ask("host:connect:" + serial(), Duration.ofSeconds(20));
        for (int i = 0;
                i < 100 && server().devices().stream().noneMatch(d -> d.serial().equals(serial()));
                i++) {
            Thread.sleep(50);
        }
    }

    void pullTheCable() {
        adbd.dropConnections();
    }

    Path path(String onDevice) {
        return box.files().resolve(onDevice.substring(1));
    }

    /** Runs Debian's adb beside the driver, over the same server. */
    int adb(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("adb"));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("adb.log").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    @Override
    public void close() throws IOException {
        try {
            adb("kill-server");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        adbd.close();
        box.close();
    }

    /** The box as adb's daemon sees it. */
    private final class InBox implements Adbd.Device {
        @Override
        public String banner() {
            return "device::ro.product.name=" + product + ";ro.product.model=" + model + ";ro.product.device=" + product
                    + ";features=cmd,stat_v2" + (shellV2 ? ",shell_v2" : "");
        }

        @Override
        public boolean hasShellV2() {
            return shellV2;
        }

        @Override
        public List<String> shell(String command) {
            return box.entering(List.of("/usr/bin/env", "PATH=/system/bin:/usr/bin:/bin", "/bin/sh", "-c", command));
        }

        @Override
        public Path path(String onDevice) {
            return TestPhone.this.path(onDevice);
        }
    }
}
