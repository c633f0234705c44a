package dev.melt.engines.llamacpp.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Settings;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.StatedFigure;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.model.Model;
import dev.melt.core.workload.Examination;
import dev.melt.core.workload.Grading;
import dev.melt.core.workload.Item;
import dev.melt.core.workload.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PerplexityScriptTest {
    private static final Model MODEL =
            new Model("m", Path.of("/m.gguf"), "llama", 1, "F16", 1, Optional.of("0".repeat(64)), Optional.empty());
    private static final Bundle BUNDLE = new Bundle(
            "b",
            "llama.cpp",
            "b1",
            "x86_64-linux",
            "cpu",
            "0".repeat(64),
            List.of(new Bundle.BundleFile("bin/llama-perplexity", Path.of("/b"), "0".repeat(64), true)),
            Map.of(),
            Map.of());
    private static final Device DEVICE = new Device("d", Platform.LINUX, "s", false, Map.of("cores", "3"));
    private static final Item QUESTION =
            new Item("", List.of("Is it é?"), List.of(" no", " yes"), new Grading.Best(1, List.of()));
    private static final Item GAP = new Item(
            "",
            List.of("The jug, said Ann, fits the car", "The jug, said Ann, fits the cart"),
            List.of(" at last."),
            new Grading.Best(1, List.of()));

    private static final LlamaPerplexity ENGINE = new LlamaPerplexity();

    @TempDir
    Path folder;

    private static EngineJob job(Examination examination) {
        EngineJob asked = new EngineJob(MODEL, BUNDLE, Settings.NONE, Script.of(examination), false);
        return asked.with(ENGINE.complete(asked, DEVICE));
    }

    private static Invocation invocation(Examination examination, Optional<String> base) {
        return ENGINE.invocation(job(examination), DEVICE, new Placement("/m 1.gguf", "/bundle", base));
    }

    private static Examination.Prose prose() {
        return new Examination.Prose("wiki", "text", 512, OptionalInt.of(3));
    }

    @Test
    void aTextIsOneProcess() {
        assertThat(invocation(prose(), Optional.empty()).inputs())
                .containsEntry("text.txt", "text")
                .containsEntry(
                        "examine.sh",
                        "exec /bundle/bin/llama-perplexity -m '/m 1.gguf' -f text.txt --chunks 3 -c 512 -t 3"
                                + " </dev/null\n");
    }

    @Test
    void aComparisonIsTwoProcessesAndLeavesNoDistributionsBehind() {
        String script = invocation(prose(), Optional.of("/base.gguf")).inputs().getOrDefault("examine.sh", "");

        assertThat(script.lines().toList())
                .hasSize(5)
                .anyMatch(line -> line.startsWith("trap 'rm -f base.kld'"))
                .anyMatch(line -> line.contains("-m /base.gguf -f text.txt --kl-divergence-base base.kld --chunks 3"))
                .anyMatch(line -> line.contains("-m '/m 1.gguf' --kl-divergence-base base.kld --kl-divergence"));
    }

    @Test
    void winograndeFindsTheWordsThatDiffer() {
        assertThat(TaskText.winogrande(List.of(GAP)))
                .isEqualTo("0,\"The jug, said Ann, fits the _ at last.\",car,cart,2\n\n");
        assertThat(ExamForm.of(new Examination.Choices("melt-winogrande-sample", 0, List.of(GAP))))
                .contains(ExamForm.WINOGRANDE);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theDevicesShellMakesTheBinaryFile() throws IOException, InterruptedException {
        Examination exam = new Examination.Choices("arc_easy", 0, List.of(QUESTION, QUESTION));
        Map<String, String> inputs = invocation(exam, Optional.empty()).inputs();
        Files.writeString(folder.resolve("tasks.octal"), inputs.getOrDefault("tasks.octal", ""));
        String loop = inputs.getOrDefault("examine.sh", "").split("'?/bundle", 2)[0];
        Process shell =
                new ProcessBuilder("sh", "-c", loop).directory(folder.toFile()).start();

        assertThat(shell.waitFor()).isZero();
        byte[] bytes = Files.readAllBytes(folder.resolve("tasks.bin"));
        // two items: question of 9 bytes, and twice two answers of 2 and 3 bytes with labels
        int item = 4 + 9 + 2 * (4 + 4 + 2 + 4 + 3 + 8);
        assertThat(bytes).hasSize(12 + 2 * item).startsWith(2, 0, 0, 0, 12, 0, 0, 0, 12 + item, 0, 0, 0, 9, 0, 0, 0);
        assertThat(new String(bytes, 16, 9, java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("Is it é?");
        assertThat(bytes).endsWith(0, 0, 0, 0, 1, 0, 0, 0);
    }

    @Test
    void figuresGetTheNameOfTheExaminationAndOfWhoseTheyAre() throws IOException, UnknownOutputException {
        Files.writeString(folder.resolve("title"), "wiki\n\n");
        Files.writeString(folder.resolve("stdout"), "[1]12.5000,[2]11.2500,\n");
        Files.writeString(folder.resolve("stderr"), "ETA 0.10 minutes Final estimate: PPL = 11.2500 +/- 0.75000\n");

        EventLog log = ENGINE.read(EngineOutput.of(folder));

        assertThat(log.figures()).singleElement().satisfies(figure -> {
            assertThat(figure.metric()).isEqualTo("perplexity/wiki");
            assertThat(figure.value()).isEqualTo(11.25);
            assertThat(figure.uncertainty()).hasValue(0.75);
        });
        StatedFigure share = StatedFigure.ofTrial("accuracy", 0.5);
        EventLogBuilder marks = new EventLogBuilder();
        marks.add(share);
        assertThat(new FigureNames("hellaswag", "acc_norm_llama.cpp")
                        .named(marks.build())
                        .figures())
                .extracting(StatedFigure::metric)
                .containsExactly("accuracy/hellaswag/acc_norm_llama.cpp");
    }

    @Test
    void refusesWhatTheProgramCannotDo() {
        Item word = new Item("", List.of("c"), List.of(" w"), new Grading.LastWord());
        EngineJob lambada = job(new Examination.Choices("lambada_openai", 0, List.of(word)));

        assertThat(ENGINE.refuse(lambada, DEVICE).orElseThrow().message())
                .contains("lambada_openai is none that it can do");
        assertThat(ENGINE.refuse(job(prose()), DEVICE)).isEmpty();
        assertThat(ENGINE.refuse(job(prose()).with(Settings.parse(List.of("top_k=3"))), DEVICE)
                        .orElseThrow()
                        .message())
                .contains("top_k=3 found");
    }
}
