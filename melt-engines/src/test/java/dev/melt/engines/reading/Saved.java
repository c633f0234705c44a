package dev.melt.engines.reading;

import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.metric.DeviceFacts;
import dev.melt.core.metric.MetricComputation;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.metric.ModelFacts;
import dev.melt.core.metric.TrialEvidence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Output as somebody saved it or a trial left it, read by an adapter, and the figures that come of it. */
public final class Saved {
    private Saved() {}

    /** A fixture of this project's own writing: {@code mllm/v2/benchmark.txt}. */
    public static String fixture(String name) {
        try (InputStream stream = Saved.class.getResourceAsStream("/fixtures/" + name)) {
            if (stream == null) {
                throw new IllegalArgumentException("no fixture " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one saved file. */
    public static EventLog read(EngineAdapter engine, Path folder, String text) throws UnknownOutputException {
        return engine.read(EngineOutput.ofFile(write(folder, "saved.txt", text)));
    }

    /** Reads what a trial left: names and contents. */
    public static EventLog readTrial(EngineAdapter engine, Path folder, Map<String, String> files)
            throws UnknownOutputException {
        files.forEach((name, text) -> write(folder, name, text));
        return engine.read(EngineOutput.of(folder));
    }

    private static Path write(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Figures by metric, those of a turn with {@code @} and its number behind; what the engine states is among them. */
    public static Map<String, Double> figures(EventLog log) {
        Map<String, Double> figures = new TreeMap<>();
        for (MetricValue value : MetricComputation.compute(evidence(log))) {
            figures.put(key(value.metric(), value.turn()), value.value());
        }
        log.figures().forEach(figure -> figures.put(key(figure.metric(), figure.turn()), figure.value()));
        return figures;
    }

    private static String key(String metric, OptionalInt turn) {
        return turn.isPresent() ? metric + "@" + turn.getAsInt() : metric;
    }

    private static TrialEvidence evidence(EventLog log) {
        return new TrialEvidence(
                log.events(),
                List.of(),
                log.perf(),
                ModelFacts.UNKNOWN,
                DeviceFacts.UNKNOWN,
                OptionalLong.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                100_000_000,
                0,
                false);
    }

    /** Successful output of an engine that none of these adapters drives. */
    public static final String OTHER_ENGINE = """
            llama_perf_context_print: prompt eval time =      91.20 ms /    17 tokens (    5.36 ms per token,   186.40 tokens per second)
            llama_perf_context_print:        eval time =     412.55 ms /    15 runs   (   27.50 ms per token,    36.36 tokens per second)
            """;

    /** One file that somebody saved. */
    public static EngineOutput file(Path folder, String text) {
        return EngineOutput.ofFile(write(folder, "saved.txt", text));
    }

    /** A trial's folder with these files. */
    public static EngineOutput trial(Path folder, Map<String, String> files) {
        files.forEach((name, text) -> write(folder, name, text));
        return EngineOutput.of(folder);
    }

    /** Events of one kind, in their order. */
    public static <T extends Event> List<T> events(EventLog log, Class<T> kind) {
        return log.events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Seconds that an event took. */
    public static double seconds(Event event) {
        return (event.endNanos() - event.startNanos()) / 1e9;
    }
}
