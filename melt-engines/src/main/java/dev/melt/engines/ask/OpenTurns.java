package dev.melt.engines.ask;

import dev.melt.core.engine.EngineJob;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.ScriptedTurn;
import java.util.List;
import java.util.stream.IntStream;

/** The turns of a job with a number of turns that no earlier process finished. */
public final class OpenTurns {
    private OpenTurns() {}

    /** In their order. */
    public static List<ScriptedTurn> of(EngineJob job) {
        return IntStream.range(0, job.script().totalTurns().orElse(0))
                .filter(number -> !job.finished().containsKey(number))
                .mapToObj(job.script()::turn)
                .toList();
    }

    /** What one of a job that asks for texts only asks. */
    public static Request.Text text(ScriptedTurn turn) {
        return (Request.Text) turn.request();
    }

    /** What one of a job that asks for numbers of tokens only asks. */
    public static Request.Tokens tokens(ScriptedTurn turn) {
        return (Request.Tokens) turn.request();
    }
}
