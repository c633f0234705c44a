package dev.melt.engines.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.engine.EngineJob;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import dev.melt.core.workload.ScriptedTurn;
import dev.melt.engines.reading.Jobs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScriptShapeTest {
    private static final Request FIRST = new Request.Text("one", 8);
    private static final Request SECOND = new Request.Text("two", 8);

    @Test
    void leavesOutTurnsThatAreFinishedAndKeepsTheNumbersOfTheOthers() {
        EngineJob job =
                Jobs.job(Jobs.bundle("e", "cpu", Path.of("."), Map.of()), "m.x", Jobs.turns(FIRST, SECOND, FIRST));
        EngineJob resumed = new EngineJob(
                job.model(),
                job.bundle(),
                job.settings(),
                job.script(),
                false,
                new TreeMap<>(Map.of(0, List.of(), 2, List.of())));
        assertThat(OpenTurns.of(resumed))
                .singleElement()
                .extracting(ScriptedTurn::number, ScriptedTurn::request)
                .containsExactly(1, SECOND);
    }

    @Test
    void refusesTurnsThatShareAContext() {
        Script talk = Script.once(List.of(new Conversation(0, true, List.of(FIRST, SECOND))));
        assertThat(shape(talk).separateTurns()).isPresent();
        assertThat(shape(Jobs.turns(FIRST, SECOND)).separateTurns()).isEmpty();
    }

    @Test
    void refusesADepthAndAnEndByTime() {
        assertThat(shape(Jobs.turns(new Request.Tokens(8, 8, 1))).emptyContext())
                .isPresent();
        assertThat(shape(Jobs.turns(new Request.Tokens(8, 8, 0))).emptyContext())
                .isEmpty();
        Script byTime =
                new Script(Jobs.turns(FIRST).conversations(), Optional.of(Duration.ofSeconds(1)), OptionalInt.empty());
        assertThat(shape(byTime).separateTurns()).isPresent();
    }

    @Test
    void refusesTextsAmongNumbersOfTokensInEitherOrder() {
        Request tokens = new Request.Tokens(8, 8, 0);
        assertThat(shape(Jobs.turns(FIRST, tokens)).oneKind()).isPresent();
        assertThat(shape(Jobs.turns(tokens, FIRST)).oneKind()).isPresent();
        assertThat(shape(Jobs.turns(tokens, tokens)).oneKind()).isEmpty();
    }

    private static ScriptShape shape(Script script) {
        return new ScriptShape("e", "dev", script);
    }
}
