package dev.melt.ios.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.List;
import java.util.OptionalInt;

/** Calls that are noted, or the one whose output it is. */
record AppRuns(List<AppRun> runs, List<String> commands) implements TelemetryRecord {
    private static final String TOOL = "idevicedebug";

    AppRuns {
        runs = List.copyOf(runs);
        commands = List.copyOf(commands);
    }

    /**
     * Reads such output.
     *
     * @throws UnknownOutputException for one that tells neither of the app's end nor of a refusal
     */
    static AppRuns read(SourceText text) throws UnknownOutputException {
        List<Transcript.Step> steps = Transcript.of(text).of(TOOL);
        boolean known = !steps.isEmpty() || (!Transcript.isIn(text) && text.has(AppRun::isTelling));
        if (!known) {
            throw text.unlike("'WARNING: 00' or a refusal of idevicedebug run");
        }
        if (!text.ended()) {
            throw text.cutOff("whole lines");
        }
        if (steps.isEmpty()) {
            return new AppRuns(List.of(AppRun.of(text.lines(), OptionalInt.empty())), List.of());
        }
        return new AppRuns(
                steps.stream().map(step -> AppRun.of(step.lines(), step.exit())).toList(),
                steps.stream().map(Transcript.Step::command).toList());
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        for (int i = 0; i < runs.size(); i++) {
            AppRun run = runs.get(i);
            FactRow row = new FactRow();
            if (i < commands.size()) {
                row.with("command", commands.get(i));
            }
            run.status().ifPresent(code -> row.with("app_exit", code));
            run.exit().ifPresent(code -> row.with("exit", code));
            run.error()
                    .ifPresentOrElse(
                            error -> row.with("class", error.kind().name()).with("words", error.words()),
                            () -> row.with("class", "OK"));
            out.row("runs", row);
            run.lines().forEach(line -> out.row("app_lines", new FactRow().with("text", line)));
        }
        AppRun first = runs.get(0);
        out.fact("launched", first.launched());
        first.status().ifPresent(code -> out.fact("app_exit", code));
        first.exit().ifPresent(code -> out.fact("exit", code));
        out.fact("tool_hung", first.hung());
        first.error().ifPresentOrElse(error -> ToolErrors.facts(error, out), () -> out.fact("class", "OK"));
    }
}
