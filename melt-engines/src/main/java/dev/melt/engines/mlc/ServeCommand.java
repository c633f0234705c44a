package dev.melt.engines.mlc;

import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Setting;
import dev.melt.engines.ask.ServerLoop;
import dev.melt.engines.ask.ToolBundle;
import dev.melt.engines.ask.TurnScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts MLC's server for one request at a time. It calls a model by the path that it was given, so that a link to the model's
 * folder gives it a name of its own. Debugging is on, for without it no answer goes on behind its end.
 *
 * @param model its folder on the device
 */
record ServeCommand(EngineJob job, Placement placement, String model) {
    static final String PROGRAM = "mlc_llm";
    static final String PORT_TAKEN = "address already in use";

    /** In the manifest of a bundle: its file with the compiled model, where the server is not to compile one itself. */
    private static final String LIBRARY = "model_lib";

    /** In the manifest of a bundle: what MLC calls the device, where it is not the usual one of its kind. */
    private static final String DEVICE = "device";

    private static final Map<String, String> USUAL = Map.of("cpu", "cpu", "gpu", "cuda");

    Invocation on(ServerLoop loop) {
        ToolBundle tools = new ToolBundle(job.bundle());
        String alias = loop.alias();
        List<String> words = new ArrayList<>(
                List.of(tools.path(placement, PROGRAM), "serve", alias, "--mode", "interactive", "--enable-debug"));
        Map<String, String> build = job.bundle().build();
        Optional.ofNullable(build.get(LIBRARY))
                .flatMap(name -> tools.find(placement, name))
                .ifPresent(library -> words.addAll(List.of("--model-lib", library)));
        String backend = job.bundle().backend();
        words.addAll(List.of("--device", build.getOrDefault(DEVICE, USUAL.getOrDefault(backend, "auto"))));
        String overrides = overrides();
        if (!overrides.isEmpty()) {
            words.addAll(List.of("--overrides", overrides));
        }
        words.addAll(List.of("--prefix-cache-mode", conversations() ? "radix" : "disable", "--host", "127.0.0.1"));
        String link = TurnScript.quoted(List.of("ln", "-s", model, alias)) + "\n";
        return loop.invocation(link, TurnScript.quoted(words), tools.environment(placement));
    }

    /** Between prompts that know nothing of each other, what they have in common is to be evaluated each time. */
    private boolean conversations() {
        return job.script().conversations().stream().anyMatch(c -> c.turns().size() > 1);
    }

    private String overrides() {
        return Stream.concat(
                        override(Setting.CONTEXT, "context_window_size"),
                        override(Setting.CHUNK_LENGTH, "prefill_chunk_size"))
                .collect(Collectors.joining(";"));
    }

    private Stream<String> override(Setting setting, String name) {
        return job.settings().get(setting).map(value -> name + "=" + value).stream();
    }
}
