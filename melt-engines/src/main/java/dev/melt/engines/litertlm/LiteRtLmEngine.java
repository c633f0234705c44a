package dev.melt.engines.litertlm;

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
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import dev.melt.engines.answer.Failure;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.TurnsReading;
import dev.melt.engines.ask.SettingRules;
import dev.melt.engines.ask.SingleTurns;
import dev.melt.engines.ask.Surroundings;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * LiteRT-LM: {@code litert_lm_advanced_main} where the bundle has it, else {@code litert_lm_main}. A model is one
 * {@code .litertlm} file with weights and tokenizer. Stateless.
 */
public final class LiteRtLmEngine implements EngineAdapter {
    /** What the device's shell may hand over as one argument, with room to spare. */
    private static final int LONGEST_ARGUMENT = 100_000;

    private static final TurnsReading READING = new TurnsReading(
            "litert-lm",
            "a whole BenchmarkInfo block, speeds of prefill and decode, or a list of metrics",
            List.of(
                    new Failure("no_result", "No (?:prefill|decode) turns recorded"),
                    new Failure("model_missing", "NOT_FOUND:|Model path is empty|No such file or directory"),
                    new Failure("out_of_memory", "RESOURCE_EXHAUSTED"),
                    new Failure("bad_option", "INVALID_ARGUMENT:|Unknown command line flag"),
                    new Failure("backend_init", "Failed to create engine|UNAVAILABLE:|Failed to initialize"),
                    new Failure("crashed", "Check failed:|F0000 ")),
            FigureReader.firstOf(new BenchmarkInfo(), new SpeedLines(), new MetricsText()));

    @Override
    public String name() {
        return "litert-lm";
    }

    @Override
    public String describe() {
        return "LiteRT-LM: CPU, GPU and NPU; a .litertlm model, litert_lm_advanced_main or litert_lm_main from a bundle";
    }

    @Override
    public Bundle bundle(Device device, Bundles bundles) {
        return bundles.fitting(name(), device);
    }

    @Override
    public Optional<Problem> refuse(EngineJob job, Device device) {
        boolean advanced = job.bundle().tool(LiteRtLmCommands.ADVANCED).isPresent();
        return Surroundings.missing(job.bundle(), LiteRtLmCommands.ADVANCED, LiteRtLmCommands.PLAIN)
                .or(() -> rules(job, advanced).problem(job.settings()))
                .or(() -> SingleTurns.problem(name(), job.script()))
                .or(() -> workload(job.script(), advanced))
                .or(() -> operators(job));
    }

    /** Threads and the length of parts are the larger program's, on the CPU; graphs of other backends have fixed lengths. */
    private static SettingRules rules(EngineJob job, boolean advanced) {
        SettingRules rules = SettingRules.of(advanced ? LiteRtLmCommands.ADVANCED : LiteRtLmCommands.PLAIN)
                .taking(Setting.BACKEND, "cpu", "gpu", "npu")
                .taking(Setting.WARMUP, "false");
        boolean cpu = job.settings().get(Setting.BACKEND).equals(Optional.of("cpu"));
        if (cpu && advanced) {
            rules = rules.taking(Setting.THREADS).taking(Setting.CHUNK_LENGTH);
        }
        return advanced ? rules.taking(Setting.CONTEXT) : rules;
    }

    private static Optional<Problem> workload(Script script, boolean advanced) {
        List<Request> requests = script.conversations().stream()
                .map(Conversation::turns)
                .flatMap(List::stream)
                .toList();
        if (requests.stream().map(Request::getClass).distinct().count() > 1) {
            return refusal("prompts of text, or counts of tokens, expected", "both found", "take them one by one");
        }
        Stream<Request.Tokens> counts =
                requests.stream().filter(Request.Tokens.class::isInstance).map(Request.Tokens.class::cast);
        if (counts.anyMatch(tokens -> tokens.promptTokens() == 0 || tokens.generate() == 0)) {
            return refusal(
                    "prompt tokens and tokens to generate expected in each turn",
                    "one of them is 0",
                    "take a workload such as pp64+tg32");
        }
        boolean tooLong = !advanced
                && requests.stream()
                        .filter(Request.Text.class::isInstance)
                        .anyMatch(text -> ((Request.Text) text).prompt().length() > LONGEST_ARGUMENT);
        return tooLong
                ? refusal(
                        LONGEST_ARGUMENT + " characters at the most expected, for the program takes no file",
                        "a longer prompt found",
                        "take a bundle with " + LiteRtLmCommands.ADVANCED)
                : Optional.empty();
    }

    private static Optional<Problem> operators(EngineJob job) {
        return job.perOperator()
                ? Optional.of(new Problem(
                        "timing of operators",
                        "an engine that prints it in a known form expected",
                        "litert-lm prints a table of averages without phases",
                        "leave it out, or take another --engine"))
                : Optional.empty();
    }

    private static Optional<Problem> refusal(String expectation, String finding, String remedy) {
        return Optional.of(new Problem("workload for litert-lm", expectation, finding, remedy));
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        EnumMap<Setting, String> defaults = new EnumMap<>(Setting.class);
        String backend = job.settings().get(Setting.BACKEND).orElse(job.bundle().backend());
        defaults.put(Setting.BACKEND, backend);
        if (backend.equals("cpu")
                && job.bundle().tool(LiteRtLmCommands.ADVANCED).isPresent()) {
            defaults.put(Setting.THREADS, Surroundings.threads(device));
        }
        return new Settings(defaults).with(job.settings());
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        return new LiteRtLmCommands(job, placement).invocation();
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        return READING.read(output);
    }
}
