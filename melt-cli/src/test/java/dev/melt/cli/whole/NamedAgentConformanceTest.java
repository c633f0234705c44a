package dev.melt.cli.whole;

import dev.melt.core.config.ConfigFiles;
import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentJob;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.Devices;
import dev.melt.core.device.DriverContext;
import dev.melt.core.device.FolderEntry;
import dev.melt.core.device.TransferListener;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundles;
import dev.melt.core.engine.Engines;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.model.shape.Quantisation;
import dev.melt.core.model.shape.ShapeCatalogue;
import dev.melt.core.model.synth.GgufSynthesizer;
import dev.melt.core.model.synth.SynthesisOrder;
import dev.melt.testkit.AppConformance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent of the device that {@code -Dmelt.agent=NAME} names, this machine's where none is named, does what an agent has to whose engine
 * runs a request. An iPhone's is MELT's app on it; elsewhere the embedded worker is the engine, which needs a Java machine there.
 */
@TestInstance(Lifecycle.PER_CLASS)
class NamedAgentConformanceTest implements AppConformance {
    private static final String NAME = System.getProperty("melt.agent", "local");

    @SuppressWarnings("NullAway.Init") // opened before the first test
    private Devices devices;

    @SuppressWarnings("NullAway.Init")
    private DeviceDriver driver;

    @SuppressWarnings("NullAway.Init")
    private Path model;

    private List<String> command = List.of();

    @BeforeAll
    void open(@TempDir Path folder) {
        ConfigFiles configs = new ConfigFiles(
                List.of(Path.of(System.getProperty("melt.repo", "..")).resolve("configs")));
        devices = Devices.installed(
                configs, new DriverContext(folder.resolve("home"), System.getenv(), () -> Devices.profiles(configs)));
        driver = devices.open(NAME);
        driver.agent().install();
        model = folder.resolve("tiny.gguf");
        new GgufSynthesizer(
                        new SynthesisOrder(
                                new ShapeCatalogue(new ConfigFiles(List.of())).shape("tiny"), Quantisation.Q4_0, 1),
                        ByteProgress.NONE)
                .write(model);
        command = driver.device().facts().containsKey("engines") ? List.of("app") : worker();
    }

    private List<String> worker() {
        Bundle bundle = Engines.installed(Bundles.NONE).named("embedded").bundle(driver.device(), Bundles.NONE);
        List<FolderEntry> entries = new ArrayList<>();
        for (Bundle.BundleFile file : bundle.files()) {
            driver.agent().store(file.path(), file.sha256(), TransferListener.NONE);
            entries.add(new FolderEntry(file.name(), file.sha256(), file.baseName(), file.executable()));
        }
        String jar = driver.agent().assemble(bundle.sha256(), entries) + "/"
                + bundle.files().get(0).name();
        String java = driver.device().facts().getOrDefault("java", "java");
        return List.of(java, "-jar", jar, "run", "--request", "request.json", "--events", "events.jsonl");
    }

    @AfterAll
    void close() {
        driver.close();
    }

    @Override
    public void leave() {
        driver.close();
        driver = devices.open(NAME);
    }

    @Override
    public Agent agent() {
        return driver.agent();
    }

    @Override
    public Set<String> can() {
        return Set.of(
                driver.device().facts().getOrDefault("app_can", "chat score").split(" ", -1));
    }

    @Override
    public Path model() {
        return model;
    }

    @Override
    public AgentJob job(String id, String requestJson, Duration deadline) {
        return new AgentJob(
                id,
                command,
                Map.of(),
                Map.of("request.json", requestJson),
                driver.telemetry().undisturbed(),
                Duration.ofMillis(100),
                Duration.ZERO,
                deadline);
    }
}
