package dev.melt.core.run;

import dev.melt.core.event.EventLog;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.workload.Examination;
import java.util.Optional;

/** Whether every question of an examination was answered, or refused by name. */
final class ExamCompleteness {
    private ExamCompleteness() {}

    /** Empty when nothing is missing. An engine that marks by itself states figures and gives no likelihoods. */
    static Optional<Verdict> of(Examination examination, EventLog log) {
        long refused = log.errors().stream().filter(e -> e.score().isPresent()).count();
        if (log.scores().isEmpty() && log.figures().isEmpty()) {
            return Optional.of(
                    refused == 0
                            ? new Verdict(Outcome.UNPARSEABLE, "no question was answered, although the exit code is 0")
                            : new Verdict(
                                    Outcome.REFUSED,
                                    "no question could be answered; the first: "
                                            + log.errors().get(0).message()));
        }
        if (log.figures().isEmpty() && examination instanceof Examination.Choices choices) {
            long answered = log.scores().size() + refused;
            return answered == choices.questions()
                    ? Optional.empty()
                    : Optional.of(new Verdict(
                            Outcome.UNPARSEABLE,
                            answered + " questions answered of " + choices.questions() + " asked"));
        }
        return Optional.empty();
    }
}
