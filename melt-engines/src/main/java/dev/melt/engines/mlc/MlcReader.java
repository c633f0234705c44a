package dev.melt.engines.mlc;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.EventLogReader;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.failure.FailureWords;
import dev.melt.engines.failure.OwnWords;
import dev.melt.engines.text.ConsoleText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out in which form output is written, and reads it. */
final class MlcReader {
    /** How TVM and MLC tell of what FailureWords does not know. */
    static final OwnWords FAILURES = OwnWords.NONE
            .then("prompt_too_long", "larger than the model input length limit|exceeds? the (?:maximum )?context")
            .then("model_missing", "Cannot find (?:the )?(?:model|library|mlc-chat-config)|Cannot open .*params_shard")
            .then("model_unsupported", "does not exist in the module|Unknown model type|Cannot find function")
            .then(
                    "backend_init",
                    "Device .* is not enabled|Cannot find any GPU|no Vulkan device|DeviceAPI .* is not enabled")
            .then("backend_runtime", "OpenCL Error|Vulkan Error|CUDAError|CUDA: ")
            .then("crashed", "InternalError: |TVMError: |terminating due to uncaught exception");

    private static final Pattern FIGURE = Pattern.compile("decoding-time=|tok/s|total time: ");
    private static final String EVENTS = "events.jsonl";
    private static final List<MlcForm> FORMS = List.of(
            new AppRecords(),
            new BenchRecords(),
            new TraceEvents(),
            new BenchTable(),
            new ServeAnswers(),
            new AppEvents(),
            new EvaluationLines(),
            new ChatStatistics());

    private MlcReader() {}

    static EventLog read(EngineOutput output) throws UnknownOutputException {
        Optional<Path> events = output.single() ? Optional.empty() : output.path(EVENTS);
        if (events.isPresent()) {
            return client(events.get());
        }
        String text = output.single()
                ? output.text("stdout").orElse("")
                : Stream.of("stdout", "stderr")
                        .flatMap(name -> output.text(name).stream())
                        .collect(Collectors.joining("\n"));
        return read(text);
    }

    private static EventLog client(Path events) throws UnknownOutputException {
        try {
            return EventLogReader.read(events);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EventLog read(String text) throws UnknownOutputException {
        Optional<EngineError> failure = failure(text);
        Optional<MlcForm> form = FORMS.stream().filter(f -> f.recognises(text)).findFirst();
        if (form.isEmpty()) {
            return failed(failure.orElseThrow(() -> new UnknownOutputException(
                    "mlc-llm: an answer of the server, chat statistics, lines of --evaluate, measurements or events "
                            + "of MELT's apps, a trace or a benchmark's result expected, none found")));
        }
        try {
            EventLogBuilder log = new EventLogBuilder();
            form.get().read(text, log);
            FAILURES.after(FIGURE, ConsoleText.of(text)).ifPresent(error -> {
                log.add(error);
                log.ended(false);
            });
            return log.build();
        } catch (UnknownOutputException e) {
            if (failure.isEmpty()) {
                throw e;
            }
            return failed(failure.get());
        }
    }

    private static Optional<EngineError> failure(String text) {
        List<String> lines = ConsoleText.of(text).lines();
        return FailureWords.in(lines).or(() -> FAILURES.in(lines));
    }

    private static EventLog failed(EngineError error) {
        EventLogBuilder log = new EventLogBuilder();
        log.add(error);
        log.ended(false);
        return log.build();
    }
}
