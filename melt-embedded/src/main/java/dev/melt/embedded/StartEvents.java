package dev.melt.embedded;

import dev.melt.embedded.Engine.LoadFigures;
import dev.melt.embedded.llama.EngineLog;
import dev.melt.embedded.llama.LlamaContext;
import dev.melt.embedded.llama.LlamaLibrary;
import dev.melt.embedded.llama.LlamaModel;
import dev.melt.embedded.llama.Sampler;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes what comes before the first turn: the engine and what took effect, the load, the model, its memory. */
final class StartEvents {
    private static final double ROUNDING_OF_THE_LOG = 0.006 * 1024 * 1024;

    private final EventLines lines;

    StartEvents(EventLines lines) {
        this.lines = lines;
    }

    /** The engine, with settings read back where the engine tells them; without a context none are written. */
    void engine(DeviceClock clock, long startedNanos, LlamaLibrary library, Optional<Engine> engine, Request request) {
        EventLines.Line line = lines.line("engine")
                .text("name", "llama.cpp-embedded")
                .text("version", LlamaLibrary.VERSION)
                .text("commit", LlamaLibrary.COMMIT)
                .text("jar", LlamaLibrary.JAR_VERSION)
                .text("clock", clock.name())
                .text("system_info", library.systemInfo())
                .number("pid", ProcessHandle.current().pid())
                .number("start", startedNanos)
                .flag("per_op", request.perOp());
        engine.ifPresent(loaded -> effective(line, loaded, request.settings()));
        line.end();
    }

    private static void effective(EventLines.Line line, Engine engine, Settings settings) {
        LlamaContext context = engine.context();
        Sampler.Choice choice = settings.choice();
        line.beginObject("effective")
                .number("threads", context.threads())
                .number("threads_batch", context.threadsBatch())
                .number("batch", context.batch())
                .number("ubatch", context.ubatch())
                .number("context", context.capacity())
                .text(
                        "cache_type_k",
                        context.keyType().orElse(settings.shape().keys().label()))
                .text(
                        "cache_type_v",
                        context.valueType().orElse(settings.shape().values().label()))
                .flag(
                        "flash_attention",
                        context.flashAttention().orElse(settings.shape().flashAttention()))
                .flag("mmap", settings.mmap())
                .flag("mlock", engine.model().locked())
                .number("seed", choice.seed())
                .number("temperature", choice.temperature())
                .number("top_k", choice.topK())
                .number("top_p", choice.topP())
                .number("min_p", choice.minP())
                .number("repeat_penalty", choice.repeatPenalty())
                .flag("ignore_eos", choice.ignoreEnd())
                .flag("warmup", settings.warmup())
                .endObject();
    }

    void load(LoadFigures figures) {
        EventLines.Line line = lines.line("load")
                .number("start", figures.startNanos())
                .number("end", figures.endNanos())
                .number("context_start", figures.contextStartNanos())
                .number("context_end", figures.contextEndNanos())
                .text("cache", PageCache.label(figures.residentShare()))
                .number("bytes", figures.bytes());
        figures.warmupEndNanos().ifPresent(end -> line.number("warmup_end", end));
        figures.residentShare().ifPresent(share -> line.number("resident", share));
        line.end();
    }

    void model(LlamaModel model) {
        lines.line("model")
                .text("arch", model.architecture())
                .text("name", model.metadata("general.name").orElse(""))
                .number("params", model.parameters())
                .number("size", model.size())
                .number("vocab", model.vocabulary().size())
                .number("train_context", model.trainContext())
                .text("description", model.description())
                .flag(
                        "synthetic",
                        model.metadata("melt.synthetic").filter("true"::equals).isPresent())
                .end();
    }

    void memory(Engine engine, Settings settings, EngineLog log) {
        EventLines.Line line = lines.line("memory")
                .number("kv_bytes", kvBytes(engine, settings, log))
                .number("model_bytes", engine.model().size());
        log.bytes("compute buffer size").ifPresent(bytes -> line.number("compute_bytes", bytes));
        log.bytes("output buffer size").ifPresent(bytes -> line.number("output_bytes", bytes));
        log.bytes("model buffer size").ifPresent(bytes -> line.number("weights_bytes", bytes));
        line.end();
    }

    /** From the model's shape, which is exact; where the engine's log says otherwise, what the log says. */
    private static long kvBytes(Engine engine, Settings settings, EngineLog log) {
        long shape = engine.model()
                .kvBytes(
                        engine.context().capacity(),
                        settings.shape().keys(),
                        settings.shape().values());
        OptionalLong logged = log.bytes("KV buffer size");
        return logged.isEmpty() || Math.abs(logged.getAsLong() - shape) <= ROUNDING_OF_THE_LOG
                ? shape
                : logged.getAsLong();
    }
}
