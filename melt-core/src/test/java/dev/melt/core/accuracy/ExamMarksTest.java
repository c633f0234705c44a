package dev.melt.core.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.Score;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.outcome.Validity;
import dev.melt.core.workload.Examination;
import dev.melt.core.workload.Grading;
import dev.melt.core.workload.Item;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ExamMarksTest {
    private static EventLog log(double... likelihoods) {
        EventLogBuilder log = new EventLogBuilder();
        for (int i = 0; i < likelihoods.length; i++) {
            log.add(new Score(i, 1, 1, likelihoods[i], likelihoods[i] > -1));
        }
        return log.build();
    }

    private static Item pair(String group, int gold, Integer... lengths) {
        return new Item(group, List.of("c"), List.of("a", "b"), new Grading.Best(gold, List.of(lengths)));
    }

    private static Examination.Choices exam(Item... items) {
        return new Examination.Choices("t", 0, List.of(items));
    }

    private static MetricValue figure(ExamMarks marks, String id) {
        return marks.figures().stream()
                .filter(v -> v.metric().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " in " + marks.figures()));
    }

    @Test
    void theLikeliestWinsAndForItsLengthAnotherMay() {
        ExamMarks marks = new ExamMarks(exam(pair("", 0, 2, 10), pair("", 1, 2, 10)), log(-2, -4, -2, -4));

        assertThat(figure(marks, "accuracy/t/acc").value()).isEqualTo(0.5);
        assertThat(figure(marks, "accuracy/t/acc").uncertainty()).hasValue(0.5);
        assertThat(figure(marks, "accuracy/t/acc_norm").value()).isEqualTo(0.5);
        assertThat(new ExamMarks(exam(pair("", 1, 2, 10)), log(-2, -4)).figures())
                .extracting(MetricValue::value)
                .containsExactly(0.0, 1.0);
    }

    @Test
    void ofEqualsTheFirstIsTaken() {
        assertThat(figure(new ExamMarks(exam(pair("", 0)), log(-3, -3)), "accuracy/t/acc")
                        .value())
                .isEqualTo(1);
        assertThat(figure(new ExamMarks(exam(pair("", 1)), log(-3, -3)), "accuracy/t/acc")
                        .value())
                .isZero();
    }

    @Test
    void groupsAreWeightedByTheirSizeAndTheirVariancesPooled() {
        ExamMarks marks = new ExamMarks(
                exam(pair("x", 0), pair("x", 1), pair("y", 0), pair("y", 0), pair("y", 1)),
                log(-1, -2, -1, -2, -1, -2, -1, -2, -1, -2));

        assertThat(figure(marks, "accuracy/t/acc").value()).isEqualTo(0.6);
        assertThat(figure(marks, "accuracy/t/x/acc").value()).isEqualTo(0.5);
        assertThat(figure(marks, "accuracy/t/y/acc").uncertainty().orElseThrow())
                .isCloseTo(1.0 / 3, within(1e-12));
        // variances 1/2 and 1/3 of two and three: (1 x 1/2 + 2 x 1/3) / 3 / 5
        assertThat(figure(marks, "accuracy/t/acc").uncertainty().orElseThrow())
                .isCloseTo(Math.sqrt((0.5 + 2.0 / 3) / 3 / 5), within(1e-12));
    }

    @Test
    void truthIsTheShareOfTheTrueAnswersAndTheFirstOfTheOtherList() {
        Item item = new Item(
                "", List.of("q"), List.of("a", "b", "c"), new Grading.Truth(List.of(0, 1), List.of(0, 2, 1), 2));

        ExamMarks marks = new ExamMarks(exam(item), log(Math.log(0.2), Math.log(0.5), Math.log(0.1)));

        assertThat(figure(marks, "accuracy/t/mc1").value()).isZero();
        assertThat(figure(marks, "accuracy/t/mc2").value()).isCloseTo(0.3 / 0.8, within(1e-12));
    }

    @Test
    void longAnswersWhoseProbabilityIsZeroAsADoubleStillHaveAShare() {
        Item item = new Item("", List.of("q"), List.of("a", "b"), new Grading.Truth(List.of(0, 1), List.of(0, 1), 1));

        assertThat(figure(new ExamMarks(exam(item), log(-2000, -2000)), "accuracy/t/mc2")
                        .value())
                .isEqualTo(0.5);
    }

    @Test
    void theLastWordIsRightWhenItIsWhatTheModelWouldWrite() {
        Item word = new Item("", List.of("c"), List.of(" w"), new Grading.LastWord());

        ExamMarks marks = new ExamMarks(exam(word, word), log(-0.5, -2.5));

        assertThat(figure(marks, "accuracy/t/acc").value()).isEqualTo(0.5);
        assertThat(figure(marks, "perplexity/t").value()).isCloseTo(Math.exp(1.5), within(1e-12));
    }

    @Test
    void anItemWithAQuestionMissingIsLeftOutAndCounted() {
        ExamMarks marks = new ExamMarks(exam(pair("", 0), pair("", 0)), log(-1, -2, -1));

        assertThat(figure(marks, "accuracy/t/acc").source()).isEqualTo("1 item");
        assertThat(marks.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.validity()).isEqualTo(Validity.QUESTIONS_LEFT_OUT);
            assertThat(warning.evidence()).isEqualTo("1 of 2 items of t");
        });
    }

    @Test
    void windowsAddUpToMeansOverTokens() {
        EventLogBuilder log = new EventLogBuilder();
        // natural logarithms -1 and -3, then -2; divergences 0.1 and 0.3, then 0.2
        log.add(window(0, 2, -4, 10, 0.4, 0.1));
        log.add(window(1, 1, -2, 4, 0.2, 0.04));

        ExamMarks marks = new ExamMarks(new Examination.Prose("t", "text", 32, OptionalInt.empty()), log.build());

        assertThat(figure(marks, "perplexity/t").value()).isCloseTo(Math.exp(2), within(1e-12));
        assertThat(figure(marks, "perplexity/t").uncertainty().orElseThrow())
                .isCloseTo(Math.exp(2) * Math.sqrt((14.0 / 3 - 4) / 2), within(1e-12));
        assertThat(figure(marks, "kl_divergence/t").value()).isCloseTo(0.2, within(1e-12));
    }

    private static Score window(int id, int tokens, double sum, double squares, double lost, double lostSquares) {
        return new Score(
                id,
                17,
                tokens,
                sum,
                false,
                false,
                OptionalDouble.of(squares),
                Optional.of(new Score.Divergence(lost, lostSquares, 0)));
    }
}
