package dev.melt.engines.mnn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Setting;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import dev.melt.engines.ask.TurnScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a model as MNN wants it: configuration, graph, weights, tokenizer and the rest side by side. It is put together in
 * the trial's folder out of links, with a configuration of this trial's own.
 */
record MnnFolder(EngineJob job, Placement placement) {
    private static final String WEIGHTS = "llm.mnn.weight";
    private static final String GRAPH = "llm.mnn";
    private static final String TOKENIZER = "tokenizer.";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PROGRAMS = List.of("llm_demo", "llm_bench");

    /** What the shell does before the first turn. */
    String link() {
        Map<String, String> links = new LinkedHashMap<>();
        links.put(modelName(), placement.model());
        job.bundle().files().stream()
                .filter(MnnFolder::belongs)
                .forEach(file -> links.put(file.baseName(), placement.file(file.name())));
        StringBuilder lines = new StringBuilder("mkdir -p model tmp\n");
        links.forEach((name, path) -> lines.append(TurnScript.quoted(List.of("ln", "-sf", path, "model/" + name)))
                .append('\n'));
        return lines + "cp config.json model/config.json";
    }

    private static boolean belongs(Bundle.BundleFile file) {
        String name = file.baseName();
        return !PROGRAMS.contains(name) && !name.contains(".so") && !name.equals("config.json");
    }

    private String modelName() {
        String name = String.valueOf(job.model().path().getFileName());
        return name.endsWith(".weight") ? WEIGHTS : GRAPH;
    }

    /** Why the folder would be incomplete. */
    Optional<Problem> problem() {
        List<String> names = Stream.concat(
                        Stream.of(modelName()), job.bundle().files().stream().map(Bundle.BundleFile::baseName))
                .toList();
        return Stream.of("llm_config.json", GRAPH, WEIGHTS)
                .filter(wanted -> !names.contains(wanted))
                .findFirst()
                .or(() -> names.stream().anyMatch(name -> name.startsWith(TOKENIZER))
                        ? Optional.empty()
                        : Optional.of("tokenizer.txt or tokenizer.mtok"))
                .map(missing -> new Problem(
                        "model " + job.model().name() + " for mnn",
                        missing + " expected as the model or in the bundle",
                        "none found",
                        "put the files of the model's folder, but for the model itself, into the bundle"));
    }

    /** The bundle's own configuration, made greedy, without memory of earlier prompts, and with this trial's settings. */
    String configuration(String backend) {
        ObjectNode root = own().put("llm_model", GRAPH)
                .put("llm_weight", WEIGHTS)
                .put("backend_type", backend)
                .put("precision", "low")
                .put("memory", "low")
                .put("sampler_type", "greedy")
                .put("reuse_kv", false)
                .put("tmp_path", "tmp");
        job.bundle().files().stream()
                .map(Bundle.BundleFile::baseName)
                .filter(name -> name.startsWith(TOKENIZER))
                .findFirst()
                .ifPresent(name -> root.put("tokenizer_file", name));
        job.settings().get(Setting.THREADS).ifPresent(threads -> root.put("thread_num", Integer.parseInt(threads)));
        job.settings().get(Setting.MMAP).ifPresent(mmap -> root.put("use_mmap", Boolean.parseBoolean(mmap)));
        return root.toString();
    }

    private ObjectNode own() {
        return job.bundle()
                .tool("config.json")
                .map(Bundle.BundleFile::path)
                .map(MnnFolder::read)
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private static ObjectNode read(Path path) {
        try {
            if (JSON.readTree(path.toFile()) instanceof ObjectNode object) {
                return object;
            }
            throw unreadable(path, "something else found");
        } catch (JsonProcessingException e) {
            throw unreadable(path, e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InvalidInputException unreadable(Path path, String finding) {
        return new InvalidInputException(
                path.toString(), "a JSON object expected", finding, "mend the file, or take it out of the bundle");
    }
}
