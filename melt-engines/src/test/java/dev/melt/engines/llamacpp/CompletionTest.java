package dev.melt.engines.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.engines.http.StampedLine;
import dev.melt.engines.http.StreamedAnswer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionTest {
    private static final String LAST = "data: {\"content\":\"\",\"tokens\":[],\"stop\":true,\"truncated\":%s,"
            + "\"tokens_predicted\":%d,\"tokens_evaluated\":9,\"timings\":{\"prompt_n\":5,\"prompt_ms\":1.5}}";

    private static StreamedAnswer answer(int status, String... lines) {
        List<StampedLine> stamped = new ArrayList<>();
        for (String line : lines) {
            stamped.add(new StampedLine(100 + stamped.size(), line));
        }
        return new StreamedAnswer(status, 50, stamped);
    }

    private static String part(String text, int id, int count) {
        return "data: {\"content\":\"" + text + "\",\"tokens\":[" + id + "],\"stop\":false,\"tokens_predicted\":"
                + count + "}";
    }

    @Test
    void takesTheTokensTheirIdsAndTheText() {
        StreamedAnswer answer = answer(200, part("a", 7, 1), "", part("b", 8, 2), "", LAST.formatted("false", 2));

        Completion completion = Completion.of(answer);

        assertThat(completion.ids()).contains(List.of(7, 8));
        assertThat(completion.text()).isEqualTo("ab");
        assertThat(completion.cachedTokens()).isEqualTo(4);
        assertThat(Completion.complaint(answer)).isEmpty();
    }

    @Test
    void tokensOfHalfACharacterArriveWithItsOtherHalfAndOneIdIsNotKnown() {
        Completion completion = Completion.of(answer(200, part("é", 8, 2), LAST.formatted("false", 2)));

        assertThat(completion.tokens())
                .extracting(Completion.Token::arrivedNanos)
                .containsExactly(100L, 100L);
        assertThat(completion.ids()).isEmpty();
    }

    @Test
    void anAnswerWithoutItsLastEventIsNone() {
        assertThat(Completion.complaint(answer(200, part("a", 7, 1)))).contains("the answer has no last event");
    }

    @Test
    void aPromptThatTheServerCutOffIsAComplaint() {
        assertThat(Completion.complaint(answer(200, LAST.formatted("true", 0))))
                .hasValueSatisfying(words -> assertThat(words).contains("prompt is too long"));
    }

    @Test
    void givesTheServersOwnWordsOfARefusal() {
        assertThat(Completion.complaint(answer(400, "{\"error\":{\"code\":400,\"message\":\"exceeds\"}}")))
                .contains("exceeds");
        assertThat(Completion.complaint(answer(503, "busy"))).contains("the server answered with status 503");
    }
}
