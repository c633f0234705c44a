package dev.melt.local.embedded;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.melt.core.config.ConfigFiles;
import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentJob;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.model.shape.Quantisation;
import dev.melt.core.model.shape.ShapeCatalogue;
import dev.melt.core.model.synth.GgufSynthesizer;
import dev.melt.core.model.synth.SynthesisOrder;
import dev.melt.local.LocalDeviceDriver;
import dev.melt.testkit.AppConformance;
import dev.melt.testkit.Trials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The shell's agent with the worker as its engine keeps to what an agent has to that is an app. */
@TestInstance(Lifecycle.PER_CLASS)
class LocalAppConformanceTest implements AppConformance {
    private static final Path JAR =
            Path.of(System.getProperty("melt.repo"), "melt-embedded", "target", WorkerBundle.JAR);

    private Path workdir = Path.of("/nonexistent");
    private Path model = workdir;

    @BeforeAll
    void install(@TempDir Path folder) {
        assumeTrue(Files.exists(JAR), JAR + " is made by mvn package");
        workdir = folder.resolve("work");
        agent().install();
        model = folder.resolve("tiny.gguf");
        new GgufSynthesizer(
                        new SynthesisOrder(
                                new ShapeCatalogue(new ConfigFiles(List.of())).shape("tiny"), Quantisation.Q4_0, 1),
                        ByteProgress.NONE)
                .write(model);
    }

    @Override
    public Agent agent() {
        return new LocalDeviceDriver(workdir, Path.of("/"), List.of()).agent();
    }

    @Override
    public Path model() {
        return model;
    }

    @Override
    public AgentJob job(String id, String requestJson, Duration deadline) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(EmbeddedEngine.JAVA_OPTIONS);
        command.addAll(List.of("-jar", JAR.toString(), "run", "--request", "request.json", "--events", "events.jsonl"));
        AgentJob like = Trials.command(command, Map.of(), Map.of("request.json", requestJson), deadline);
        return new AgentJob(
                id,
                like.command(),
                like.environment(),
                like.inputs(),
                like.telemetry(),
                like.period(),
                like.idle(),
                like.deadline());
    }
}
