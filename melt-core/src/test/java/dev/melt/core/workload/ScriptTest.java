package dev.melt.core.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.problem.InvalidInputException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private static final Conversation FIRST =
            new Conversation(0, true, List.of(new Request.Text("Hello", 16), new Request.Text("Why?", 16)));
    private static final Conversation SECOND = new Conversation(1, false, List.of(new Request.Tokens(64, 32, 512)));

    @Test
    void numbersTurnsAcrossConversations() {
        Script script = Script.once(List.of(FIRST, SECOND));

        assertThat(script.totalTurns()).hasValue(3);
        assertThat(script.turn(1)).isEqualTo(new ScriptedTurn(1, FIRST, false, new Request.Text("Why?", 16)));
        assertThat(script.turn(2)).isEqualTo(new ScriptedTurn(2, SECOND, true, new Request.Tokens(64, 32, 512)));
        assertThatThrownBy(() -> script.turn(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> script.turn(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void beginsAnewAfterTheLastConversation() {
        Script script = new Script(List.of(FIRST, SECOND), Optional.empty(), OptionalInt.of(5));

        assertThat(script.turn(3)).isEqualTo(new ScriptedTurn(3, FIRST, true, new Request.Text("Hello", 16)));
        assertThat(script.turn(4).opens()).isFalse();
        assertThatThrownBy(() -> script.turn(5)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void hasNoTotalWhenTimeEndsIt() {
        Script script = new Script(List.of(FIRST), Optional.of(Duration.ofMinutes(10)), OptionalInt.empty());

        assertThat(script.totalTurns()).isEmpty();
        assertThat(script.turn(1_000_001).request()).isEqualTo(new Request.Text("Why?", 16));
    }

    @Test
    void endsByTimeOrByTurnsAndNotByBoth() {
        assertThatThrownBy(() -> new Script(List.of(FIRST), Optional.of(Duration.ofMinutes(1)), OptionalInt.of(1)))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Script.once(List.of())).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void isProfiledOnceAndNoFurtherThanNeeded() {
        Conversation prompts = new Conversation(2, false, List.of(new Request.Tokens(512, 0, 0)));
        Conversation answer = new Conversation(3, false, List.of(new Request.Text("Tell me all", 512)));
        Script script = new Script(
                List.of(FIRST, prompts, answer, prompts, FIRST), Optional.of(Duration.ofHours(1)), OptionalInt.empty());

        Script profiled = script.profiled();

        assertThat(profiled.totalTurns()).hasValue(5);
        assertThat(profiled.conversations()).startsWith(FIRST, prompts).hasSize(4);
        assertThat(profiled.turn(3).request()).isEqualTo(new Request.Text("Tell me all", 96));
        assertThat(profiled.turn(4).request()).isEqualTo(new Request.Tokens(512, 0, 0));
        assertThat(Script.once(List.of(FIRST, SECOND)).profiled()).isEqualTo(Script.once(List.of(FIRST, SECOND)));
        assertThat(Script.once(Collections.nCopies(40, prompts)).profiled().turnsInOnePass())
                .isEqualTo(16);
    }

    @Test
    void saysHowMuchContextItFills() {
        assertThat(Script.once(List.of(SECOND)).contextTokens()).isEqualTo(512 + 64 + 32);
        assertThat(Script.once(List.of(FIRST)).contextTokens()).isEqualTo(16 + 16 + (1 + 32) + (1 + 32));
    }

    @Test
    void sealsItsCanonicalForm() {
        Script script = new Script(List.of(FIRST, SECOND), Optional.of(Duration.ofSeconds(90)), OptionalInt.empty());

        assertThat(script.canonicalJson())
                .isEqualTo("{\"conversations\":["
                        + "{\"chat\":true,\"turns\":[{\"generate\":16,\"text\":\"Hello\"},{\"generate\":16,\"text\":\"Why?\"}]},"
                        + "{\"chat\":false,\"turns\":[{\"depth\":512,\"generate\":32,\"prompt\":64}]}],"
                        + "\"repeatMillis\":90000,\"version\":1}");
    }

    @Test
    void leavesNamesAndNumbersOutOfTheCanonicalForm() {
        Conversation renumbered = new Conversation(7, FIRST.chat(), FIRST.turns());

        assertThat(Script.once(List.of(renumbered)).canonicalJson())
                .isEqualTo(Script.once(List.of(FIRST)).canonicalJson());
    }
}
