package dev.melt.benchmarks;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DriverContext;
import dev.melt.ios.device.UsbmuxDriverProvider;
import dev.melt.virtual.ios.VirtualIphone;
import dev.melt.virtual.ios.VirtualIphones;
import dev.melt.virtual.ios.app.ReferenceAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A virtual iPhone with MELT's app on it, whose files Debian's ifuse shows as a folder, for one benchmark. */
final class IphoneBench implements PushRate.Peer {
    private static final String APP = "dev.melt.agent";
    private static final String FILE = "benchmark.bin";

    private final Workbench bench;
    private final VirtualIphone phone;
    private final Map<String, String> environment;
    private final Path mounted;

    IphoneBench(Workbench bench, VirtualIphone.Options options) throws IOException, InterruptedException {
        this.bench = bench;
        this.phone = VirtualIphones.start(
                "iphone14pro",
                options.withApps(new ReferenceAgent()),
                bench.scratch().resolve("iphone"));
        this.environment = new TreeMap<>(System.getenv());
        environment.putAll(phone.environment());
        this.mounted = Files.createDirectories(bench.scratch().resolve("ifuse"));
        run("idevicepair", "-u", phone.udid(), "pair");
        run("ifuse", "--documents", APP, "-u", phone.udid(), mounted.toString());
    }

    private void run(String... command) throws IOException, InterruptedException {
        Program.run(List.of(command), environment, bench.scratch());
    }

    @Override
    public String program() {
        return "cp onto ifuse";
    }

    @Override
    public DeviceDriver open() {
        return new UsbmuxDriverProvider().open(phone.udid(), new DriverContext(bench.home(), environment));
    }

    @Override
    public String target() {
        return "/Documents/" + FILE;
    }

    @Override
    public void push(Path file) throws IOException, InterruptedException {
        run("cp", file.toString(), mounted.resolve(FILE).toString());
    }

    @Override
    public void remove(DeviceDriver driver) throws IOException {
        Files.deleteIfExists(phone.documents(APP).resolve(FILE));
    }

    /** Of this process, in which the phone lives, its children that have ended, and ifuse. */
    @Override
    public double processorSeconds() throws IOException {
        double seconds = CpuTime.withChildren(Path.of("/proc/self"));
        try (var folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path folder : folders) {
                if (CpuTime.commandLine(folder).startsWith("ifuse ")) {
                    seconds += CpuTime.withChildren(folder);
                }
            }
        }
        return seconds;
    }

    @Override
    public void close() throws IOException {
        try {
            run("fusermount", "-u", mounted.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        phone.close();
    }
}
