package dev.melt.core.accuracy;

import dev.melt.core.event.EventLog;
import dev.melt.core.event.Score;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import dev.melt.core.workload.Examination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an examined model has earned, from the log-likelihoods in an event log. A pure function of both. */
public final class ExamMarks {
    private final List<MetricValue> figures;
    private final List<Warning> warnings = new ArrayList<>();

    public ExamMarks(Examination examination, EventLog log) {
        Map<Integer, Score> scores = new TreeMap<>();
        log.scores().forEach(score -> scores.put(score.id(), score));
        if (scores.isEmpty()) {
            figures = List.of();
        } else if (examination instanceof Examination.Choices choices) {
            ChoiceMarks marks = new ChoiceMarks(choices, scores);
            figures = marks.figures();
            warn(Validity.QUESTIONS_LEFT_OUT, marks.leftOut(), choices.items().size() + " items of " + choices.name());
            warn(
                    Validity.CONTEXT_TRUNCATED,
                    scores.values().stream().filter(Score::truncated).count(),
                    choices.questions() + " questions of " + choices.name());
        } else {
            figures = ProseMarks.figures((Examination.Prose) examination, scores.values());
        }
    }

    /** Accuracies, perplexity, divergence: each with the task in its name, and its standard error. */
    public List<MetricValue> figures() {
        return figures;
    }

    public List<Warning> warnings() {
        return List.copyOf(warnings);
    }

    private void warn(Validity validity, long found, String of) {
        if (found > 0) {
            warnings.add(new Warning(validity, found + " of " + of));
        }
    }
}
