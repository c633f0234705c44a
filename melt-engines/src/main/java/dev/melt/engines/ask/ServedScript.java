package dev.melt.engines.ask;

import dev.melt.core.workload.Script;
import dev.melt.core.workload.ScriptedTurn;
import java.time.Duration;
import java.util.Optional;

/** How far a script goes that a server is asked: to its last turn, or for its time, which begins with this object. */
public final class ServedScript {
    private final Script script;
    private final long startNanos = System.nanoTime();

    public ServedScript(Script script) {
        this.script = script;
    }

    /** Whether the turn of this number is to be asked now. */
    public boolean hasTurn(int number) {
        Optional<Duration> time = script.repeatFor();
        return time.isPresent()
                ? System.nanoTime() - startNanos < time.get().toNanos()
                : number < script.totalTurns().orElse(0);
    }

    /** Whether the conversation goes on behind a turn. */
    public boolean goesOn(ScriptedTurn turn) {
        int next = turn.number() + 1;
        return hasTurn(next) && !script.turn(next).opens();
    }
}
