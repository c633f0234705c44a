package dev.melt.benchmarks;

import dev.melt.android.adb.AdbDriverProvider;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DriverContext;
import dev.melt.virtual.android.VirtualAndroid;
import dev.melt.virtual.android.VirtualDevices;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A virtual phone behind Debian's adb server, on a port of its own, for one benchmark. */
final class PhoneBench implements PushRate.Peer {
    private final Workbench bench;
    private final VirtualAndroid phone;
    private final Map<String, String> environment;

    PhoneBench(Workbench bench, VirtualAndroid.Options options) throws IOException, InterruptedException {
        this.bench = bench;
        environment = new TreeMap<>(System.getenv());
        try (ServerSocket free = new ServerSocket(0)) {
            environment.put("ANDROID_ADB_SERVER_PORT", Integer.toString(free.getLocalPort()));
        }
        environment.put("HOME", bench.scratch().toString());
        phone = VirtualDevices.start("pixel8", bench.scratch().resolve("phone"), options);
        try {
            adb("start-server");
            adb("connect", phone.address());
        } catch (IOException | InterruptedException e) {
            phone.close();
            throw e;
        }
    }

    VirtualAndroid phone() {
        return phone;
    }

    @Override
    public String program() {
        return "adb push";
    }

    @Override
    public String target() {
        return "/data/local/tmp/benchmark.bin";
    }

    @Override
    public void push(Path file) throws IOException, InterruptedException {
        adbOnPhone("push", file.toString(), target());
    }

    /** The driver that MELT uses, opened anew. */
    @Override
    public DeviceDriver open() {
        return new AdbDriverProvider().open(phone.address(), new DriverContext(bench.home(), environment));
    }

    /** Runs Debian's client for this phone. */
    Program.Run adbOnPhone(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("-s", phone.address()));
        line.addAll(List.of(arguments));
        return adb(line.toArray(String[]::new));
    }

    private Program.Run adb(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("adb"));
        command.addAll(List.of(arguments));
        return Program.run(command, environment, bench.scratch());
    }

    /** Of this process, which the phone is in, of its children that have ended, and of the adb server. */
    @Override
    public double processorSeconds() throws IOException {
        double seconds = CpuTime.withChildren(Path.of("/proc/self"));
        String port = "tcp:" + environment.get("ANDROID_ADB_SERVER_PORT");
        try (var folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path folder : folders) {
                if (CpuTime.commandLine(folder).contains(port)) {
                    seconds += CpuTime.withChildren(folder);
                }
            }
        }
        return seconds;
    }

    @Override
    public void close() throws IOException {
        try {
            adb("kill-server");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            phone.close();
        }
    }
}
