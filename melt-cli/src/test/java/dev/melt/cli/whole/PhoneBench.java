package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.testkit.DebianPackage;
import dev.melt.virtual.android.VirtualAndroid;
import dev.melt.virtual.android.VirtualDevices;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Virtual phones behind Debian's adb server on a port of its own, and MELT as a person uses it beside them. */
final class PhoneBench implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    final Bench bench;

    private final Path folder;
    private final String port;
    private final List<VirtualAndroid> phones = new ArrayList<>();

    private PhoneBench(Path folder, String port) {
        this.folder = folder;
        this.port = port;
        this.bench = Bench.in(folder)
                .with("ANDROID_ADB_SERVER_PORT", port)
                .with("HOME", folder.toString())
                .with("PATH", System.getenv().getOrDefault("PATH", "/usr/bin"));
    }

    /** Skips the test where there is no adb or no namespaces. */
    static PhoneBench in(Path folder) throws IOException {
        DebianPackage.require("adb");
        Assumptions.assumeTrue(
                VirtualDevices.obstacle().isEmpty(),
                () -> VirtualDevices.obstacle().orElse(""));
        try (ServerSocket free = new ServerSocket(0)) {
            return new PhoneBench(folder, Integer.toString(free.getLocalPort()));
        }
    }

    /** Boots a phone and connects the adb server to it. */
    VirtualAndroid phone(String profile, VirtualAndroid.Options options) throws IOException, InterruptedException {
        VirtualAndroid phone = VirtualDevices.start(
                profile, Files.createDirectories(folder.resolve("phone-" + phones.size())), options);
        phones.add(phone);
        assertThat(adb("connect", phone.address())).contains("connected to " + phone.address());
        return phone;
    }

    VirtualAndroid phone(String profile) throws IOException, InterruptedException {
        return phone(profile, VirtualAndroid.Options.PLAIN);
    }

    /** What a command in the phone's shell says. */
    String shell(VirtualAndroid phone, String command) throws IOException, InterruptedException {
        return adb("-s", phone.address(), "shell", command).replace("\r", "").strip();
    }

    String adb(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("adb", "-P", port));
        line.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "adb", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return Files.readString(out);
    }

    @Override
    public void close() throws IOException {
        for (VirtualAndroid phone : phones) {
            phone.close();
        }
        try {
            adb("kill-server");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
