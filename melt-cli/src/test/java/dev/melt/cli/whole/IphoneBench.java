package dev.melt.cli.whole;

import dev.melt.testkit.DebianPackage;
import dev.melt.virtual.ios.VirtualIphone;
import dev.melt.virtual.ios.VirtualIphones;
import dev.melt.virtual.ios.app.AgentOptions;
import dev.melt.virtual.ios.app.ReferenceAgent;
import dev.melt.virtual.ios.mux.Usbmuxd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Virtual iPhones on one usbmuxd, reached through Debian's idevice tools, and MELT as a person uses it beside them. */
final class IphoneBench implements AutoCloseable {
    final Bench bench;

    private final Path folder;
    private final Usbmuxd usbmuxd;
    private final List<VirtualIphone> phones = new ArrayList<>();

    private IphoneBench(Path folder) throws IOException {
        this.folder = folder;
        this.usbmuxd = new Usbmuxd(folder.resolve("usbmuxd"));
        this.bench = Bench.in(folder)
                .with(
                        "USBMUXD_SOCKET_ADDRESS",
                        usbmuxd.environment().values().iterator().next())
                .with("MELT_IOS_BATTERY_MS", "500")
                .with("ADB_SERVER_SOCKET", "tcp:127.0.0.2:1") // no adb server of this host is started for them
                .with("PATH", System.getenv().getOrDefault("PATH", "/usr/bin"));
    }

    /** Skips the test where the tools are missing. */
    static IphoneBench in(Path folder) throws IOException {
        DebianPackage.require("libimobiledevice-utils", "idevice_id");
        DebianPackage.require("ideviceinstaller", "ideviceinstaller");
        return new IphoneBench(folder);
    }

    /** Puts a phone with MELT's app on the cable; the first tool that asks is trusted. */
    VirtualIphone phone(String name, UnaryOperator<VirtualIphone.Options> how) throws IOException {
        ReferenceAgent app =
                new ReferenceAgent(AgentOptions.USUAL.withWorker(Path.of(System.getProperty("melt.worker"))));
        VirtualIphone.Options options = VirtualIphone.Options.PLAIN
                .withSeed(phones.size() + 1)
                .withGauge(Duration.ofSeconds(1))
                .withApps(app);
        Path place = Files.createDirectories(folder.resolve("iphone-" + phones.size()));
        VirtualIphone phone = VirtualIphones.start(name, how.apply(options), place, usbmuxd);
        phones.add(phone);
        return phone;
    }

    @Override
    public void close() throws IOException {
        for (VirtualIphone phone : phones) {
            phone.close();
        }
        usbmuxd.close();
    }
}
