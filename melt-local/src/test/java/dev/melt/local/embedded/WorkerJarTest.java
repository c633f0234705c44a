package dev.melt.local.embedded;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.melt.core.config.ConfigFiles;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogReader;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.metric.MetricComputation;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.metric.TrialEvidence;
import dev.melt.core.model.shape.Quantisation;
import dev.melt.core.model.shape.ShapeCatalogue;
import dev.melt.core.model.synth.GgufSynthesizer;
import dev.melt.core.model.synth.SynthesisOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker as it is pushed to a device: one jar, nothing beside it. Made by the packaging of melt-embedded. */
class WorkerJarTest {
    private static final Path JAR =
            Path.of(System.getProperty("melt.repo"), "melt-embedded", "target", WorkerBundle.JAR);

    @TempDir
    static Path models;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeModel() {
        assumeTrue(Files.exists(JAR), JAR + " is made by mvn package");
        new GgufSynthesizer(
                        new SynthesisOrder(
                                new ShapeCatalogue(new ConfigFiles(List.of())).shape("tiny"), Quantisation.Q4_0, 1),
                        ByteProgress.NONE)
                .write(models.resolve("tiny.gguf"));
    }

    @Test
    void threeAtOnceShareAFolderForNativeLibrariesThatIsNotThereYet() throws Exception {
        Path natives = folder.resolve("none/yet");
        List<Process> workers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            workers.add(start("w" + i, natives, false));
        }
        for (int i = 0; i < workers.size(); i++) {
            EventLog log = finished(workers.get(i), "w" + i);
            assertThat(log.endedWell()).contains(true);
            assertThat(log.turns()).hasSize(1);
            assertThat(log.damagedLines()).isZero();
        }
        try (var left = Files.walk(natives)) {
            assertThat(left.filter(Files::isRegularFile).map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder("libjllama.so", "libjnidispatch.so");
        }
    }

    @Test
    void tellsLoadContextWarmUpAndTheLogitsOfEachToken() throws Exception {
        EventLog log = finished(start("w", folder, false), "w");

        assertThat(log.events())
                .hasAtLeastOneElementOfType(Event.Load.class)
                .hasAtLeastOneElementOfType(Event.ContextCreated.class)
                .hasAtLeastOneElementOfType(Event.WarmUp.class)
                .filteredOn(Event.Token.class::isInstance)
                .hasSize(8)
                .allSatisfy(
                        token -> assertThat(((Event.Token) token).logitsNanos()).isPresent());
        assertThat(figures(log)).extracting(MetricValue::metric).contains("context_time", "decode_pass_rate");
    }

    @Test
    void sharesOfOperatorsAddUpToOneInEachPhase() throws Exception {
        EventLog log = finished(start("w", folder, true), "w");

        Map<String, Double> sums = figures(log).stream()
                .filter(figure -> figure.metric().startsWith("op_share/"))
                .collect(groupingBy(figure -> phase(figure), summingDouble(MetricValue::value)));
        assertThat(sums)
                .containsOnlyKeys("prefill", "decode")
                .allSatisfy((phase, sum) -> assertThat(sum).isCloseTo(1, within(1e-9)));
        assertThat(log.events())
                .filteredOn(Event.Op.class::isInstance)
                .isNotEmpty()
                .allSatisfy(op -> assertThat(((Event.Op) op).shape()).contains("-> ["))
                .allSatisfy(op -> assertThat(((Event.Op) op).tensor()).isNotBlank());
    }

    @Test
    void carriesTheLibrariesOfBothKindsOfLinuxAndNoOthers() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(Object::toString).filter(name -> name.matches(".*\\.(so|dll|dylib|jnilib)")))
                    .containsExactlyInAnyOrder(
                            "de/kherud/llama/Linux/x86_64/libjllama.so",
                            "de/kherud/llama/Linux/aarch64/libjllama.so",
                            "com/sun/jna/linux-x86-64/libjnidispatch.so",
                            "com/sun/jna/linux-aarch64/libjnidispatch.so");
        }
    }

    private Process start(String name, Path natives, boolean perOperator) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Files.writeString(own.resolve("request.json"), """
                {"model": "%s", "per_op": %s, "settings": {"threads": 1, "context": 64, "ignore_eos": true},
                 "conversations": [{"id": 0, "turns": [{"turn": 0, "prompt_tokens": 16, "generate": 8}]}]}
                """.formatted(models.resolve("tiny.gguf"), perOperator));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(EmbeddedEngine.JAVA_OPTIONS);
        command.addAll(List.of("-jar", JAR.toString(), "run", "--request", "request.json", "--events", "events.jsonl"));
        command.addAll(List.of("--native-dir", natives.toString()));
        return new ProcessBuilder(command)
                .directory(own.toFile())
                .redirectOutput(own.resolve("stdout").toFile())
                .redirectError(own.resolve("stderr").toFile())
                .start();
    }

    private EventLog finished(Process worker, String name)
            throws InterruptedException, IOException, UnknownOutputException {
        Path own = folder.resolve(name);
        try {
            assertThat(worker.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            worker.destroyForcibly();
        }
        assertThat(worker.exitValue())
                .as(() -> contentOf(own.resolve("stderr").toFile()))
                .isZero();
        return EventLogReader.read(own.resolve("events.jsonl"));
    }

    private static String phase(MetricValue share) {
        return share.metric().startsWith("op_share/prefill/") ? "prefill" : "decode";
    }

    private static List<MetricValue> figures(EventLog log) {
        return MetricComputation.compute(TrialEvidence.ofLog(log));
    }
}
