package dev.melt.ios.engine;

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
import dev.melt.core.file.Sha256;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Examination;
import dev.melt.core.workload.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The engine inside MELT's app on an iPhone. The app is its bundle: what its {@code Info.plist} says of the engine is its version. It takes the
 * request that the embedded worker takes, and writes the agent protocol's event lines.
 */
public final class AppEngine implements EngineAdapter {
    /** What it is called. */
    public static final String NAME = "app";

    /** The facts that the driver of a phone sets, of the app. */
    public static final String ENGINE = "app_engine";

    public static final String VERSION = "app_engine_version";
    public static final String BACKEND = "app_engine_backend";
    public static final String BUNDLE = "app_bundle";
    public static final String APP_VERSION = "app_version";
    public static final String CAN = "app_can";

    private static final long USUAL_BATCH = 2048;
    private static final long USUAL_UBATCH = 512;
    private static final int LEAST_BATCH = 32;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        return "the engine inside MELT's app on an iPhone";
    }

    @Override
    public Bundle bundle(Device device, Bundles bundles) {
        if (!device.facts().containsKey(BUNDLE)) {
            throw new InvalidInputException(
                    "[" + device.name() + "] engine " + NAME,
                    "an iPhone with MELT's app expected",
                    "this device has none",
                    "use another --engine; 'melt engines' lists them");
        }
        SortedMap<String, String> own = new TreeMap<>();
        List.of(ENGINE, VERSION, BACKEND, BUNDLE, APP_VERSION)
                .forEach(key -> own.put(key, device.facts().getOrDefault(key, "unknown")));
        return new Bundle(
                own.getOrDefault(BUNDLE, ""),
                NAME,
                own.get(ENGINE) + " " + own.get(VERSION),
                "arm64-ios",
                own.getOrDefault(BACKEND, "cpu"),
                Sha256.of(own.toString()),
                List.of(),
                Map.of(),
                own);
    }

    @Override
    public Optional<Problem> refuse(EngineJob job, Device device) {
        Set<String> missing = needs(job);
        missing.removeAll(can(device));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        "[" + device.name() + "] engine " + NAME,
                        "an app that can " + String.join(", ", missing) + " expected, as this workload asks for",
                        "the app on the phone says that it cannot",
                        "choose a workload without it, such as pp512-tg128, or install another app"));
    }

    private static Set<String> can(Device device) {
        return new TreeSet<>(List.of(device.facts().getOrDefault(CAN, "").split(" ", -1)));
    }

    private static Set<String> needs(EngineJob job) {
        Set<String> needs = new TreeSet<>();
        if (job.script().conversations().stream().anyMatch(conversation -> conversation.chat())) {
            needs.add("chat");
        }
        if (job.script().repeatFor().isPresent() || job.script().repeatTurns().isPresent()) {
            needs.add("repeat");
        }
        boolean filled = job.script().conversations().stream()
                .flatMap(conversation -> conversation.turns().stream())
                .anyMatch(request -> request instanceof Request.Tokens tokens && tokens.depth() > 0);
        if (filled) {
            needs.add("depth");
        }
        job.script()
                .examination()
                .ifPresent(examination -> needs.add(examination instanceof Examination.Prose ? "text" : "score_file"));
        return needs;
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        boolean exactLength = job.script().conversations().stream().noneMatch(conversation -> conversation.chat());
        EnumMap<Setting, String> defaults = new EnumMap<>(Setting.class);
        defaults.put(Setting.THREADS, device.facts().getOrDefault("performance_cores", "2"));
        long context = number(job, Setting.CONTEXT).orElseGet(job::neededContext);
        long batch = number(job, Setting.BATCH).orElse(Math.max(LEAST_BATCH, Math.min(USUAL_BATCH, context)));
        defaults.put(Setting.CONTEXT, Long.toString(context));
        defaults.put(Setting.BATCH, Long.toString(batch));
        defaults.put(Setting.UBATCH, Long.toString(Math.min(USUAL_UBATCH, batch)));
        defaults.put(Setting.SEED, "42");
        defaults.put(Setting.TEMPERATURE, "0");
        defaults.put(Setting.IGNORE_EOS, Boolean.toString(exactLength));
        defaults.put(Setting.WARMUP, "true");
        return new Settings(defaults).with(job.settings());
    }

    private static Optional<Long> number(EngineJob job, Setting setting) {
        return job.settings().get(setting).map(Long::parseLong);
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        boolean timed = job.perOperator() && can(device).contains("per_op");
        EngineJob own = new EngineJob(job.model(), job.bundle(), job.settings(), job.script(), timed, job.finished());
        return new Invocation(
                List.of(NAME, device.facts().getOrDefault(BUNDLE, "")),
                Map.of(),
                new RequestFile(own).inputs(placement));
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        Optional<Path> events = output.path("events.jsonl");
        if (events.isEmpty()) {
            throw new UnknownOutputException("events.jsonl: event lines of the app expected, the file is not there");
        }
        try {
            return EventLogReader.read(events.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
