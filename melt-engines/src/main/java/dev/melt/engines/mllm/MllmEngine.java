package dev.melt.engines.mllm;

import dev.melt.core.device.Device;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundles;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.Problem;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.Figures;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.answer.TurnsReading;
import dev.melt.engines.ask.SettingRules;
import dev.melt.engines.ask.UsualThreads;
import dev.melt.engines.failure.FailureNames;
import dev.melt.engines.span.SpanLayout;
import java.util.EnumMap;
import java.util.Optional;

/** mllm of both versions: the benchmark, the runners for CPU and NPU, and the NPU demos of version 1. Stateless. */
public final class MllmEngine implements EngineAdapter {
    private static final int CONTEXT_STEP = 64;

    private static final FigureReader FIGURES = FigureReader.firstOf(
            new BenchmarkRuns(),
            new PerformanceSummary(),
            new DecodeSteps(),
            new SpeedBlock(),
            new ExecutorBlocks(),
            new ProfilingBlocks());

    private static final TurnsReading READING = new TurnsReading(
            "mllm",
            "a benchmark's averages, a performance summary, or a block of speeds",
            FailureNames.SHARED
                    .then("backend_init", "Error initializing QNN|Device Creation failure|QNN.*[Ff]ailed to init")
                    .then("backend_runtime", "Reshape failed|validateNativeOps")
                    .then("crashed", "\u274C Error:|\\[ERROR\\]|MLLM_RT_ASSERT|\\[ ERROR \\]"),
            MllmEngine::figures);

    @Override
    public String name() {
        return "mllm";
    }

    @Override
    public String describe() {
        return "mllm v1 and v2: CPU, and Qualcomm NPU through QNN; programs and tokenizer from a bundle";
    }

    @Override
    public Bundle bundle(Device device, Bundles bundles) {
        return bundles.fitting(name(), device);
    }

    @Override
    public Optional<Problem> refuse(EngineJob job, Device device) {
        if (job.perOperator()) {
            return Optional.of(new Problem(
                    "timing of operators",
                    "an engine that has it expected",
                    "mllm has it only in builds that print it always",
                    "leave it out, or take another --engine"));
        }
        Optional<MllmTool> tool = MllmTool.of(job);
        return tool.isPresent()
                ? new MllmRequirements(tool.get(), job).problem(device)
                : Optional.of(new Problem(
                        "bundle '" + job.bundle().name() + "' of mllm",
                        "a program for this workload and backend expected: mllm-llm-benchmark for counts of tokens,"
                                + " mllm-...-runner, mllm-...-aot-runner, demo_qwen_npu or main_qwen_npu for text",
                        "none found",
                        "add a bundle that has it, or choose another workload or backend"));
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        Optional<MllmTool> tool = MllmTool.of(job);
        if (tool.isEmpty()) {
            return job.settings();
        }
        EnumMap<Setting, String> defaults = new EnumMap<>(Setting.class);
        SettingRules rules = tool.get().rules();
        for (Setting setting : Setting.values()) {
            rules.values(setting)
                    .flatMap(values -> values.stream().findFirst())
                    .ifPresent(first -> defaults.put(setting, first));
        }
        if (rules.values(Setting.THREADS).isPresent()) {
            defaults.put(Setting.THREADS, UsualThreads.of(device));
        }
        switch (tool.get()) {
            case RUNNER ->
                MllmConfig.cacheLength(job.bundle())
                        .ifPresent(length -> defaults.put(Setting.CONTEXT, Integer.toString(length)));
            case AOT_RUNNER -> {
                defaults.put(Setting.CHUNK_LENGTH, "128");
                defaults.put(Setting.TEMPERATURE, "0");
            }
            case MAIN_NPU -> {
                defaults.put(Setting.CHUNK_LENGTH, "64");
                defaults.put(Setting.CONTEXT, context(job));
            }
            case BENCHMARK, DEMO_NPU -> defaults.put(Setting.CONTEXT, context(job));
        }
        return new Settings(defaults).with(job.settings());
    }

    private static String context(EngineJob job) {
        long needed = job.script().contextTokens() + 1;
        return Long.toString((needed + CONTEXT_STEP - 1) / CONTEXT_STEP * CONTEXT_STEP);
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        return new MllmCommands(job, placement).of(MllmTool.of(job).orElseThrow());
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        return READING.read(output);
    }

    private static Optional<Figures> figures(ProcessOutput process, SpanLayout spans, EventLogBuilder log)
            throws UnknownOutputException {
        Optional<Figures> found = FIGURES.read(process, spans, log);
        if (found.isEmpty()) {
            return new GraphTimes().read(process, spans, log);
        }
        GraphTimes.add(process, spans.turns() - 1, log);
        return found;
    }
}
