package dev.melt.local.embedded;

import dev.melt.core.device.Device;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundles;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.RequestFile;
import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogReader;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.gguf.GgmlType;
import dev.melt.core.gguf.GgufFile;
import dev.melt.core.model.MemoryPrediction;
import dev.melt.core.model.ModelInspection;
import dev.melt.core.model.ModelSupport;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The engine that is always there: a Java process that carries llama.cpp and writes the agent protocol's event lines.
 * Runs on this host, and on any Linux target that has a Java machine.
 */
public final class EmbeddedEngine implements EngineAdapter {
    /** How the worker's Java machine is started: small and without a compiler that would compete with the engine. */
    static final List<String> JAVA_OPTIONS =
            List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms16m", "-Xmx64m", "-Xss512k");

    private static final int SMALLEST_CONTEXT = 512;

    /** llama.cpp's own defaults; it makes neither larger than the context. */
    private static final long USUAL_BATCH = 2048;

    private static final long USUAL_UBATCH = 512;

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public String describe() {
        return "llama.cpp b4916 in a worker process; CPU; needs a Java machine and nothing else";
    }

    @Override
    public Bundle bundle(Device device, Bundles bundles) {
        return WorkerBundle.locate();
    }

    @Override
    public Optional<Problem> refuse(EngineJob job, Device device) {
        if (!device.facts().containsKey("java")) {
            return Optional.of(new Problem(
                    "[" + device.name() + "] engine embedded",
                    "a Java machine on the device needed",
                    "none found on its PATH",
                    "install a JRE 17 there, or use another engine"));
        }
        GgufFile file = GgufFile.read(job.model().path());
        return ModelSupport.problem(file)
                .or(() -> new SettingLimits(job.settings()).problem(job.script()))
                .or(() -> memory(job, device, file));
    }

    /** Why the model would not fit into the device's memory, with the figures. */
    private static Optional<Problem> memory(EngineJob job, Device device, GgufFile file) {
        Optional<Long> there = Optional.ofNullable(device.facts().get("memory_bytes"))
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong);
        if (there.isEmpty()) {
            return Optional.empty();
        }
        try {
            ModelInspection.of(file)
                    .memory(conditions(job.settings()))
                    .requireFits("[" + device.name() + "] model " + job.model().name(), there.get());
            return Optional.empty();
        } catch (InvalidInputException e) {
            return Optional.of(e.problem());
        }
    }

    private static MemoryPrediction.Conditions conditions(Settings settings) {
        return new MemoryPrediction.Conditions(
                number(settings, Setting.CONTEXT),
                number(settings, Setting.UBATCH),
                cacheType(settings, Setting.CACHE_TYPE_K),
                cacheType(settings, Setting.CACHE_TYPE_V),
                settings.get(Setting.FLASH_ATTENTION).map(Boolean::parseBoolean).orElse(false));
    }

    private static int number(Settings settings, Setting setting) {
        return settings.get(setting).map(Integer::parseInt).orElse(SMALLEST_CONTEXT);
    }

    private static GgmlType cacheType(Settings settings, Setting setting) {
        String name = settings.get(setting).orElse("f16");
        return Stream.of(GgmlType.values())
                .filter(type -> type.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(GgmlType.F16);
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        boolean exactLength = job.script().conversations().stream().noneMatch(c -> c.chat());
        EnumMap<Setting, String> defaults = new EnumMap<>(Setting.class);
        defaults.put(Setting.THREADS, device.facts().getOrDefault("cores", "1"));
        long context = job.settings().get(Setting.CONTEXT).map(Long::parseLong).orElseGet(job::neededContext);
        long batch = job.settings()
                .get(Setting.BATCH)
                .map(Long::parseLong)
                .orElse(Math.max(SettingLimits.LEAST_BATCH, Math.min(USUAL_BATCH, context)));
        defaults.put(Setting.CONTEXT, Long.toString(context));
        defaults.put(Setting.BATCH, Long.toString(batch));
        defaults.put(Setting.UBATCH, Long.toString(Math.min(USUAL_UBATCH, batch)));
        defaults.put(Setting.CACHE_TYPE_K, "f16");
        defaults.put(Setting.CACHE_TYPE_V, "f16");
        defaults.put(Setting.FLASH_ATTENTION, "false");
        defaults.put(Setting.MMAP, "true");
        defaults.put(Setting.MLOCK, "false");
        defaults.put(Setting.SEED, "42");
        defaults.put(Setting.TEMPERATURE, "0");
        defaults.put(Setting.IGNORE_EOS, Boolean.toString(exactLength));
        defaults.put(Setting.WARMUP, "true");
        Settings complete = new Settings(defaults).with(job.settings());
        return complete.get(Setting.THREADS_BATCH).isPresent()
                ? complete
                : complete.with(new Settings(Map.of(
                        Setting.THREADS_BATCH, complete.get(Setting.THREADS).orElseThrow())));
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        List<String> command = new ArrayList<>();
        command.add(device.facts().getOrDefault("java", "java"));
        command.addAll(JAVA_OPTIONS);
        command.add("-jar");
        command.add(placement.file(WorkerBundle.JAR));
        command.addAll(List.of("run", "--request", RequestFile.NAME, "--events", "events.jsonl"));
        Map<String, String> inputs = new RequestFile(job).inputs(placement);
        return new Invocation(command, Map.of("LC_ALL", "C", "GGML_NO_BACKTRACE", "1"), inputs);
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        Optional<Path> events = output.path("events.jsonl");
        if (events.isEmpty()) {
            throw new UnknownOutputException("events.jsonl: event lines of the worker expected, the file is not there");
        }
        try {
            return EventLogReader.read(events.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
