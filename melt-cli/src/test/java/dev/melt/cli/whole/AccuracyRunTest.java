package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.cli.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Examinations as a person starts them: the real worker, agent and store. */
@EnabledOnOs(OS.LINUX)
class AccuracyRunTest {
    private static final List<String> SUBJECTS = List.of("ice", "a river", "the oven", "bread", "a wheel", "snow");
    private static final List<String> ANSWERS =
            List.of("cold water", "it runs down to the sea", "hot", "made of flour and water", "round");

    @TempDir
    Path folder;

    private Bench bench = new Bench(Path.of("."), Map.of());

    @BeforeEach
    void open() {
        bench = Bench.in(folder);
    }

    private static String question(int item) {
        return "What do people say of " + SUBJECTS.get(item % SUBJECTS.size()) + " number " + item + "?";
    }

    private static String answer(int item, int choice) {
        return ANSWERS.get((item + choice) % ANSWERS.size());
    }

    private void writeArc(int items) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < items; i++) {
            lines.append(String.format(
                    "{\"id\":\"%d\",\"question\":\"%s\",\"choices\":{\"text\":[\"%s\",\"%s\",\"%s\"],"
                            + "\"label\":[\"1\",\"2\",\"3\"]},\"answerKey\":\"%d\"}%n",
                    i, question(i), answer(i, 0), answer(i, 1), answer(i, 2), i % 3 + 1));
        }
        Files.writeString(folder.resolve("arc_easy.jsonl"), lines);
    }

    private String[] arc(String... more) {
        List<String> words = new ArrayList<>(
                List.of("accuracy", "--device", "local", "--tasks", "arc_easy", "--data", folder.toString(), "--json"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private JsonNode done(String... words) {
        Launched launched = bench.melt(words);
        assertThat(launched.exitCode()).as(launched.err()).isZero();
        return Bench.json(launched);
    }

    private List<JsonNode> scores(JsonNode result, int attempt) throws IOException {
        String trial = Bench.trials(result).get(0).path("id").asText();
        Path raw = bench.home().resolve("runs").resolve(result.path("run").asText());
        try (Stream<String> lines =
                Files.lines(raw.resolve("trials").resolve(trial).resolve("a" + attempt + "/events.jsonl"))) {
            return lines.filter(line -> line.startsWith("{\"e\":\"score\""))
                    .map(Bench::json)
                    .toList();
        }
    }

    @Test
    void marksAreThoseOfASecondComputationWithoutAnyEngine() throws IOException {
        int items = 12;
        writeArc(items);

        JsonNode result = done(arc("--model", "mini-f16", "--set", "cache_type_k=f32", "--set", "cache_type_v=f32"));

        PlainLlama plain = new PlainLlama(new PlainGguf(bench.home().resolve("models/mini-f16.gguf")));
        List<JsonNode> scores = scores(result, 1);
        int right = 0;
        int rightForLength = 0;
        for (int i = 0; i < items; i++) {
            double[] likelihoods = new double[3];
            double[] forLength = new double[3];
            for (int c = 0; c < 3; c++) {
                likelihoods[c] = plain.logLikelihood("Question: " + question(i) + "\nAnswer:", " " + answer(i, c));
                forLength[c] = likelihoods[c] / answer(i, c).length();
                assertThat(scores.get(3 * i + c).path("logprob").asDouble()).isCloseTo(likelihoods[c], within(0.02));
            }
            right += largest(likelihoods) == i % 3 ? 1 : 0;
            rightForLength += largest(forLength) == i % 3 ? 1 : 0;
        }
        Map<String, Double> figures = Bench.figures(result.path("cells").get(0));
        assertThat(figures).containsEntry("accuracy/arc_easy/acc", (double) right / items);
        assertThat(figures).containsEntry("accuracy/arc_easy/acc_norm", (double) rightForLength / items);
    }

    private static int largest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    @Test
    void resumesInTheMiddleOfATask() throws IOException {
        int items = 400;
        writeArc(items);
        MeltProcess melt = bench.start(arc("--model", "tiny", "--threads", "1"));
        OnDevice trial = OnDevice.running(bench, 0, 1);
        await().atMost(Duration.ofSeconds(60)).until(() -> scored(trial.folder()) >= 60);
        melt.kill();
        trial.watchers().forEach(ProcessHandle::destroyForcibly);
        ProcessHandle.of(trial.engine()).ifPresent(ProcessHandle::destroyForcibly);

        JsonNode result = done("resume", trial.run(), "--json");

        Set<Integer> first = ids(scores(result, 1));
        Set<Integer> second = ids(scores(result, 2));
        assertThat(Bench.outcomes(result)).containsExactly("OK");
        assertThat(first.size() + second.size()).as("no item twice").isBetween(3 * items, 3 * items + 2);
        assertThat(second).hasSizeLessThanOrEqualTo(3 * items - 60 + 3);
        JsonNode whole = done(arc("--model", "tiny", "--threads", "1"));
        assertThat(quality(result)).isEqualTo(quality(whole)).hasSize(2);
    }

    private static long scored(Path folder) throws IOException {
        Path events = folder.resolve("events.jsonl");
        return Files.exists(events)
                ? Files.readString(events)
                        .lines()
                        .filter(l -> l.contains("\"score\""))
                        .count()
                : 0;
    }

    private static Set<Integer> ids(List<JsonNode> scores) {
        Set<Integer> ids = new HashSet<>();
        scores.forEach(score -> ids.add(score.path("id").asInt()));
        return ids;
    }

    private static Map<String, Double> quality(JsonNode result) {
        Map<String, Double> figures = Bench.figures(result.path("cells").get(0));
        figures.keySet().removeIf(name -> !name.contains("/"));
        return figures;
    }

    @Test
    void comparesAModelWithAnotherAndComputesTheSameAgainFromTheFiles() {
        String[] words = {
            "accuracy", "--device", "local", "--text", "melt-text-sample", "--window", "128", "--limit", "4", "--json"
        };
        List<String> same = new ArrayList<>(List.of(words));
        same.addAll(List.of("--model", "mini-f16", "--base", "mini-f16"));
        List<String> other = new ArrayList<>(List.of(words));
        other.addAll(List.of("--model", "mini", "--base", "mini-f16"));

        Map<String, Double> none = quality(done(same.toArray(String[]::new)));
        JsonNode result = done(other.toArray(String[]::new));
        bench.melt("reparse", result.path("run").asText());

        assertThat(none.get("kl_divergence/melt-text-sample")).isEqualTo(0.0);
        assertThat(quality(result).get("kl_divergence/melt-text-sample")).isGreaterThan(0.001);
        assertThat(quality(Bench.json(bench.melt("show", result.path("run").asText(), "--json"))))
                .isEqualTo(quality(result));
    }

    @Test
    void aContextTooLongIsCutAndCounted() throws IOException {
        Files.writeString(
                folder.resolve("lambada_openai.jsonl"),
                "{\"text\":\"" + "a long story ".repeat(400) + "end\"}\n{\"text\":\"a short one\"}\n");

        Launched launched = bench.melt(
                "accuracy",
                "--device",
                "local",
                "--model",
                "mini",
                "--tasks",
                "lambada_openai",
                "--data",
                folder.toString(),
                "--json",
                "--set",
                "context=256");

        assertThat(launched.exitCode()).as(launched.err()).isZero();
        JsonNode warnings = Bench.json(launched).path("cells").get(0).path("warnings");
        assertThat(warnings.findValuesAsText("kind")).contains("CONTEXT_TRUNCATED");
        assertThat(warnings.findValuesAsText("evidence")).contains("1 of 2 questions of lambada_openai");
    }
}
