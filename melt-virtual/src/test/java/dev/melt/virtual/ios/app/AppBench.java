package dev.melt.virtual.ios.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.melt.core.config.ConfigFiles;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.StatusText;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.Sha256;
import dev.melt.core.model.shape.Quantisation;
import dev.melt.core.model.shape.ShapeCatalogue;
import dev.melt.core.model.synth.GgufSynthesizer;
import dev.melt.core.model.synth.SynthesisOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The folder that host and app share, as a host would fill and read it, and an app that can be launched on it. */
final class AppBench {
    static final String ALL_KEYS =
            "\"footprint\",\"available\",\"cpu_ns\",\"thermal_state\",\"battery_level\",\"plugged\",\"low_power\",\"magic\"";

    private static final Path WORKER =
            Path.of(System.getProperty("melt.repo"), "melt-embedded", "target", "melt-worker.jar");
    private static final int COLUMNS = 8;

    final Path documents;
    final Path melt;
    final FixedSenses senses = new FixedSenses();
    final ConcurrentLinkedQueue<String> printed = new ConcurrentLinkedQueue<>();
    final ReferenceAgent agent = new ReferenceAgent(AgentOptions.USUAL.withWorker(WORKER));

    AppBench(Path documents) throws IOException {
        assumeTrue(Files.exists(WORKER), WORKER + " is made by mvn package");
        this.documents = documents;
        this.melt = Files.createDirectories(documents.resolve("melt"));
    }

    /** A model of a few hundred kilobytes. */
    static Path model(Path folder) {
        Path file = folder.resolve("tiny.gguf");
        new GgufSynthesizer(
                        new SynthesisOrder(
                                new ShapeCatalogue(new ConfigFiles(List.of())).shape("tiny"), Quantisation.Q4_0, 1),
                        ByteProgress.NONE)
                .write(file);
        return file;
    }

    /** Puts a file into the store and returns its path as a request names it. */
    String bring(Path file) throws IOException {
        String hash = Sha256.of(file, ByteProgress.NONE);
        Path stored =
                Files.createDirectories(melt.resolve("store").resolve(hash)).resolve(file.getFileName());
        Files.copy(file, stored);
        return "../../store/" + hash + "/" + file.getFileName();
    }

    /** Asks for a trial of so many turns. */
    Path trial(String id, String model, int turns, String more) throws IOException {
        StringBuilder list = new StringBuilder();
        for (int turn = 0; turn < turns; turn++) {
            list.append(turn == 0 ? "" : ",").append("{\"turn\":" + turn + ",\"prompt_tokens\":16,\"generate\":8}");
        }
        return trialOf(id, """
                {"model": "%s", "settings": {"threads": 1, "context": 64, "ignore_eos": true},
                 "conversations": [{"id": 0, "turns": [%s]}]}
                """.formatted(model, list), more);
    }

    /** The same with a request of any form. */
    Path trialOf(String id, String request, String more) throws IOException {
        Path folder = Files.createDirectories(melt.resolve("trials").resolve(id));
        StringBuilder header = new StringBuilder("#melt-samples 1\n#period_us 20000\n");
        for (int i = 0; i < COLUMNS; i++) {
            header.append("#column\tkey\t").append(i).append("\tB\ttest\tscale 1\tapp\t\n");
        }
        Files.writeString(folder.resolve("samples.header"), header);
        Files.writeString(folder.resolve("request.json"), request);
        job("{\"melt-app\":1,\"job\":\"trial\",\"trial\":\"" + id + "\",\"period_us\":20000,\"idle_ms\":0,"
                + "\"deadline_ms\":60000,\"grace_ms\":2000,\"keys\":[" + ALL_KEYS + "]" + more + "}");
        return folder;
    }

    void job(String json) throws IOException {
        Files.writeString(melt.resolve("job.json"), json);
    }

    PhoneApp.Running launch() throws IOException {
        return agent.launch(new PhoneApp.Launch(documents, List.of(), Map.of(), senses, printed::add));
    }

    /** Launches it and waits for its own end. */
    void live() throws IOException, InterruptedException {
        assertThat(launch().waitFor()).as(() -> printed.toString()).isZero();
    }

    AgentStatus status(String id) throws IOException {
        return StatusText.parse(
                Files.readString(melt.resolve("trials").resolve(id).resolve("status")));
    }
}
