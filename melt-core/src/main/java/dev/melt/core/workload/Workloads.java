package dev.melt.core.workload;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonPointer;
import dev.melt.core.config.ConfigDocument;
import dev.melt.core.config.ConfigFiles;
import dev.melt.core.config.ConfigKind;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the workload that a person names: a configuration file by name or path, a part of one, or a pattern that needs no
 * file. {@code docs/reference/workloads.md} has the whole language. Not safe for threads.
 */
public final class Workloads {
    private final ConfigFiles configs;
    private final Set<String> beingRead = new LinkedHashSet<>();

    public Workloads(ConfigFiles configs) {
        this.configs = requireNonNull(configs, "configs");
    }

    /** One workload that a file describes, for a list; {@code about} is the file's own line on it. */
    public record Listing(String name, String about, String source, Workload workload) {}

    /** All workloads that have a file, sorted by name; a faulty file is refused with its line. */
    public List<Listing> list() {
        List<Listing> list = new ArrayList<>();
        for (String name : configs.names(ConfigKind.WORKLOADS)) {
            ConfigDocument document = configs.read(ConfigKind.WORKLOADS, name);
            list.add(
                    new Listing(name, document.root().path("about").asText(""), document.source(), workload(document)));
        }
        return list;
    }

    /**
     * The workload of a name or pattern.
     *
     * @throws InvalidInputException naming the nearest workloads when there is none such
     */
    public Workload resolve(String given) {
        if (configs.has(ConfigKind.WORKLOADS, given)) {
            return workload(configs.read(ConfigKind.WORKLOADS, given));
        }
        Optional<Workload> pattern = new WorkloadPattern(this::resolve).parse(given);
        if (pattern.isPresent()) {
            return pattern.get();
        }
        Optional<Selection> selection = Selection.parse(given);
        if (selection.isPresent()) {
            return selection.get().of(resolve(selection.get().base()));
        }
        if (given.endsWith(".yaml") || given.endsWith(".yml") || given.contains("/")) {
            return workload(configs.read(ConfigKind.WORKLOADS, path(given)));
        }
        throw unknown(given);
    }

    private Workload workload(ConfigDocument document) {
        if (!beingRead.add(document.source())) {
            throw document.fault(
                    JsonPointer.empty(),
                    "a workload that does not rest on itself needed",
                    "a circle of " + String.join(", ", beingRead) + " found",
                    "write the prompts into one of them");
        }
        try {
            return new WorkloadReader(document, this::resolve).workload();
        } finally {
            beingRead.remove(document.source());
        }
    }

    private static Path path(String given) {
        try {
            return Path.of(given);
        } catch (InvalidPathException e) {
            throw new InvalidInputException("workload '" + given + "'", "a path needed", e.getReason(), "correct it");
        }
    }

    private InvalidInputException unknown(String given) {
        List<String> near = Nearest.of(given, configs.names(ConfigKind.WORKLOADS));
        String remedy = near.isEmpty()
                ? "'melt workloads list' shows all; patterns are pp512-tg128, depth-0,512:pp64-tg32, sustained-10min"
                : "did you mean " + String.join(" or ", near) + "?";
        return new InvalidInputException(
                "workload '" + given + "'", "a known name or a pattern needed", "there is none such", remedy);
    }
}
