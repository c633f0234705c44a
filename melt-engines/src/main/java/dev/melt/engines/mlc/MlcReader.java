package dev.melt.engines.mlc;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.Figures;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.answer.TurnsReading;
import dev.melt.engines.failure.FailureNames;
import dev.melt.engines.http.AskedEvents;
import dev.melt.engines.span.SpanLayout;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds out in which form output is written, and reads it. */
final class MlcReader {
    /** How TVM and MLC tell of failures. */
    static final FailureNames FAILURES = FailureNames.SHARED
            .then("prompt_too_long", "larger than the model input length limit|exceeds? the (?:maximum )?context")
            .then("model_missing", "Cannot find (?:the )?(?:model|library|mlc-chat-config)|Cannot open .*params_shard")
            .then("model_unsupported", "does not exist in the module|Unknown model type|Cannot find function")
            .then(
                    "backend_init",
                    "Device .* is not enabled|Cannot find any GPU|no Vulkan device|DeviceAPI .* is not enabled")
            .then("backend_runtime", "OpenCL Error|Vulkan Error|CUDAError|CUDA: ")
            .then("crashed", "InternalError: |TVMError: |terminating due to uncaught exception");

    private static final Pattern FIGURE = Pattern.compile("decoding-time=|tok/s|total time: ");
    private static final List<MlcForm> FORMS = List.of(
            new AppRecords(),
            new BenchRecords(),
            new TraceEvents(),
            new BenchTable(),
            new ServeAnswers(),
            new AppEvents(),
            new EvaluationLines(),
            new ChatStatistics());

    private static final TurnsReading READING = new TurnsReading(
            "mlc-llm",
            "an answer of the server, chat statistics, lines of --evaluate, measurements or events of MELT's apps, a trace "
                    + "or a benchmark's result",
            FAILURES,
            MlcReader::figures);

    private MlcReader() {}

    /** The client's events where there are any, else what the programs printed. */
    static EventLog read(EngineOutput output) throws UnknownOutputException {
        Optional<EventLog> events = AskedEvents.of(output);
        return events.isPresent() ? events.get() : READING.read(output);
    }

    private static Optional<Figures> figures(ProcessOutput process, SpanLayout spans, EventLogBuilder log)
            throws UnknownOutputException {
        String text = process.all().text();
        for (MlcForm form : FORMS) {
            if (form.recognises(text)) {
                boolean whole = form.read(text, log);
                int last = FigureReader.upTo(process, FIGURE)
                        .orElseGet(() -> Figures.allOf(process))
                        .lastLine();
                return Optional.of(new Figures(last, whole));
            }
        }
        return Optional.empty();
    }
}
