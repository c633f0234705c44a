package dev.melt.ios.device;

import dev.melt.core.config.ConfigFiles;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DriverContext;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.model.shape.Quantisation;
import dev.melt.core.model.shape.ShapeCatalogue;
import dev.melt.core.model.synth.GgufSynthesizer;
import dev.melt.core.model.synth.SynthesisOrder;
import dev.melt.ios.tool.IdeviceTool;
import dev.melt.testkit.DebianPackage;
import dev.melt.virtual.ios.VirtualIphone;
import dev.melt.virtual.ios.VirtualIphones;
import dev.melt.virtual.ios.app.AgentOptions;
import dev.melt.virtual.ios.app.ReferenceAgent;
import dev.melt.virtual.ios.service.TlsUse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A simulated iPhone with MELT's app on it, paired with this host by the real tools. */
final class TestIphone implements AutoCloseable {
    static final Path WORKER = Path.of(System.getProperty("melt.repo"), "melt-embedded", "target", "melt-worker.jar");

    private final VirtualIphone phone;
    private final Path folder;
    private final Map<String, String> more;

    private TestIphone(VirtualIphone phone, Path folder, Map<String, String> more) {
        this.phone = phone;
        this.folder = folder;
        this.more = more;
    }

    /** With the tools that every test of it needs. */
    static void requireTools() {
        DebianPackage.require("libimobiledevice-utils", "idevice_id");
        DebianPackage.require("ideviceinstaller", "ideviceinstaller");
    }

    static TestIphone start(
            String name, Path folder, UnaryOperator<VirtualIphone.Options> how, Map<String, String> more)
            throws IOException {
        requireTools();
        ReferenceAgent app = new ReferenceAgent(AgentOptions.USUAL.withWorker(WORKER));
        VirtualIphone.Options options =
                VirtualIphone.Options.PLAIN.withGauge(Duration.ofSeconds(1)).withApps(app);
        return new TestIphone(VirtualIphones.start(name, how.apply(options), folder.resolve("phone")), folder, more);
    }

    /** Without TLS, for which the tools sleep a tenth of a second each time. */
    static VirtualIphone.Options quick(VirtualIphone.Options options) {
        return options.withTls(TlsUse.NOWHERE);
    }

    static TestIphone start(Path folder) throws IOException {
        TestIphone phone = start("iphone14pro", folder, TestIphone::quick, Map.of("MELT_IOS_BATTERY_MS", "500"));
        phone.pair();
        return phone;
    }

    /** As a person does who taps Trust. */
    void pair() {
        new IdeviceTool(environment()).run(Duration.ofSeconds(30), "idevicepair", "-u", phone.udid(), "pair");
    }

    /** As a host does that wants to begin anew. */
    void unpair() {
        new IdeviceTool(environment()).run(Duration.ofSeconds(30), "idevicepair", "-u", phone.udid(), "unpair");
    }

    VirtualIphone phone() {
        return phone;
    }

    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.putAll(phone.environment());
        environment.putAll(more);
        return environment;
    }

    DriverContext context() {
        return new DriverContext(folder.resolve("home"), environment());
    }

    DeviceDriver open() {
        return new UsbmuxDriverProvider().open(phone.udid(), context());
    }

    /** The smallest model. */
    static Path tiny(Path folder) {
        Path model = folder.resolve("tiny.gguf");
        new GgufSynthesizer(
                        new SynthesisOrder(
                                new ShapeCatalogue(new ConfigFiles(List.of())).shape("tiny"), Quantisation.Q4_0, 1),
                        ByteProgress.NONE)
                .write(model);
        return model;
    }

    @Override
    public void close() throws IOException {
        phone.close();
    }
}
