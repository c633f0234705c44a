package dev.melt.ios.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tools for phones complained of: output alone, or a note of several commands.
 *
 * @param runs commands that are noted
 * @param errors of output alone
 * @param devices that {@code idevice_id} listed
 */
record ToolErrors(List<Run> runs, List<ToolError> errors, List<FactRow> devices, long skipped)
        implements TelemetryRecord {
    private static final Pattern DEVICE =
            Pattern.compile("([0-9A-Fa-f]{8}-[0-9A-Fa-f]{16}|[0-9a-f]{40})(?: \\((USB|Network)\\))?");

    private static final Pattern UNNAMED =
            Pattern.compile("(?:ERROR|Error): .*|Could not .*|\\{.*\"level\": ?\"(?:fatal|error)\".*");

    ToolErrors {
        runs = List.copyOf(runs);
        errors = List.copyOf(errors);
        devices = List.copyOf(devices);
    }

    /** A command and what became of it. */
    record Run(String command, OptionalInt exit, Optional<ToolError> error) {}

    /**
     * Reads output.
     *
     * @throws UnknownOutputException where no tool complains and no command is noted
     */
    static ToolErrors read(SourceText text) throws UnknownOutputException {
        if (!text.ended()) {
            throw text.cutOff("whole lines of a tool's complaint");
        }
        return Transcript.isIn(text) ? ofTranscript(text) : ofOutput(text);
    }

    private static ToolErrors ofTranscript(SourceText text) {
        Transcript transcript = Transcript.of(text);
        List<Run> runs = new ArrayList<>();
        List<FactRow> devices = new ArrayList<>();
        for (Transcript.Step step : transcript.steps()) {
            runs.add(new Run(
                    step.command(),
                    step.exit(),
                    ToolError.of(step.output(), step.exit().orElse(0))));
            if (step.tool().equals("idevice_id")) {
                step.lines().forEach(line -> device(line).ifPresent(devices::add));
            }
        }
        long stray =
                transcript.outside().stream().filter(line -> !line.isBlank()).count();
        return new ToolErrors(runs, List.of(), devices, stray);
    }

    private static Optional<FactRow> device(String line) {
        Matcher device = DEVICE.matcher(line.strip());
        return device.matches()
                ? Optional.of(new FactRow()
                        .with("udid", device.group(1))
                        .with("connection", Optional.ofNullable(device.group(2))))
                : Optional.empty();
    }

    private static ToolErrors ofOutput(SourceText text) throws UnknownOutputException {
        List<ToolError> errors = new ArrayList<>();
        long skipped = 0;
        for (String raw : text.lines()) {
            String line = ToolWords.shortened(raw.strip());
            Optional<ToolError> error = ToolWords.of(line).or(() -> unnamed(line));
            error.ifPresent(errors::add);
            skipped += error.isPresent() || line.isEmpty() || DevicectlLines.isAround(line) ? 0 : 1;
        }
        if (errors.isEmpty()) {
            throw text.unlike("a complaint of a tool for iPhones");
        }
        return new ToolErrors(List.of(), errors, List.of(), skipped);
    }

    private static Optional<ToolError> unnamed(String line) {
        return UNNAMED.matcher(line).matches()
                ? Optional.of(new ToolError(ToolError.Kind.OTHER, ToolWords.code(line), line))
                : Optional.empty();
    }

    /** What says most of all. */
    Optional<ToolError> best() {
        List<ToolError> all = new ArrayList<>(errors);
        runs.forEach(run -> run.error().ifPresent(all::add));
        return all.stream().min(Comparator.comparing(ToolError::kind));
    }

    static void facts(ToolError error, TelemetryBuilder out) {
        out.fact("class", error.kind().name());
        error.code().ifPresent(code -> out.fact("code", code));
        out.fact("words", error.words());
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        best().ifPresentOrElse(error -> facts(error, out), () -> out.fact("class", "OK"));
        out.fact("transient", best().filter(ToolError::isTransient).isPresent());
        errors.forEach(error -> out.row("errors", row(new FactRow(), error)));
        devices.forEach(device -> out.row("devices", device));
        for (Run run : runs) {
            FactRow row = new FactRow().with("command", run.command());
            if (run.exit().isPresent()) {
                row.with("exit", OptionalLong.of(run.exit().getAsInt()));
            }
            run.error().ifPresentOrElse(error -> row(row, error), () -> row.with("class", "OK"));
            out.row("runs", row);
        }
        out.skipped(skipped);
    }

    private static FactRow row(FactRow row, ToolError error) {
        row.with("class", error.kind().name()).with("words", error.words());
        error.code().ifPresent(code -> row.with("code", code));
        return row;
    }
}
