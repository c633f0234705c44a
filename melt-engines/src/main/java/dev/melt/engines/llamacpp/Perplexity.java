package dev.melt.engines.llamacpp;

import dev.melt.core.event.StatedFigure;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * llama-perplexity: a text's perplexity, its divergence from another quantisation, or the score of a task. Its block of
 * timings is no turn. Scores are printed in per cent and kept as shares.
 */
final class Perplexity implements OutputForm {
    private static final double PER_CENT = 100;

    private static final Pattern FINAL_ESTIMATE =
            Pattern.compile("Final estimate: PPL(?: over [^=]*)? = " + Numbers.NUMBER + " \\+/- " + Numbers.NUMBER);
    private static final Pattern MEAN_PPL =
            Pattern.compile("Mean PPL\\(Q\\)\\s*:\\s*" + Numbers.NUMBER + "\\s*\\S{1,3}\\s*" + Numbers.NUMBER);
    private static final Pattern MEAN_KLD =
            Pattern.compile("Mean\\s+KLD:\\s*" + Numbers.NUMBER + "\\s*\\S{1,3}\\s*" + Numbers.NUMBER);
    private static final Pattern WINOGRANDE = Pattern.compile(
            "Final Winogrande score\\(([0-9]{1,9}) tasks\\): " + Numbers.NUMBER + " \\+/- " + Numbers.NUMBER);
    private static final Pattern MULTIPLE_CHOICE =
            Pattern.compile("Final result: " + Numbers.NUMBER + " \\+/- " + Numbers.NUMBER);

    private static final Pattern WINOGRANDE_ROW = Pattern.compile(
            "\\b([0-9]{1,9})\\t" + Numbers.NUMBER + "\\t\\s*-?[0-9.,]+\\s+-?[0-9.,]+\\s+[0-9]+\\s+[0-9]+");
    private static final Pattern HELLASWAG_ROW =
            Pattern.compile("\\b([0-9]{1,9})\\t" + Numbers.NUMBER + "%?(?:\\t\\[.*)?$");
    private static final Pattern HELLASWAG = Pattern.compile("\\btask\\tacc_norm");
    private static final Pattern LOADED = Pattern.compile("_score ?: (?:loaded|selecting) ([0-9]{1,9}) ");

    /** The program at work, whatever it came to. */
    private static final Pattern AT_WORK =
            Pattern.compile("calculating perplexity over|kl_divergence: computing over|calculating \\w+ score over"
                    + "|\\bchunk\\s+PPL\\s|kl_divergence: .* seconds per pass|Perplexity statistics");

    @Override
    public Optional<Findings> read(ProcessOutput output) {
        ConsoleText text = output.all();
        List<StatedFigure> figures = new ArrayList<>();
        Map<String, String> facts = new HashMap<>();
        text.last(FINAL_ESTIMATE).or(() -> text.last(MEAN_PPL)).ifPresent(m -> add("perplexity", m, 1, 1, figures));
        text.last(MEAN_KLD).ifPresent(m -> add("kl_divergence", m, 1, 1, figures));
        score(text, figures, facts);
        if (!figures.isEmpty()) {
            return Optional.of(Findings.ofFigures(figures, facts));
        }
        return text.has(AT_WORK) || text.has(HELLASWAG)
                ? Optional.of(Findings.cut("llama-perplexity's final figure"))
                : Optional.empty();
    }

    private static void score(ConsoleText text, List<StatedFigure> figures, Map<String, String> facts) {
        Optional<MatchResult> winogrande = text.last(WINOGRANDE);
        Optional<MatchResult> choice = text.last(MULTIPLE_CHOICE);
        if (winogrande.isPresent()) {
            add("accuracy", winogrande.get(), 2, PER_CENT, figures);
            task("winogrande", winogrande.get().group(1), facts);
        } else if (choice.isPresent()) {
            add("accuracy", choice.get(), 1, PER_CENT, figures);
            facts.put("accuracy.task", "multiple_choice");
        } else {
            rows(text, figures, facts);
        }
    }

    /** The score that stands in the last row of a table, for tasks or sizes that print no final line. */
    private static void rows(ConsoleText text, List<StatedFigure> figures, Map<String, String> facts) {
        boolean hellaswag = text.has(HELLASWAG);
        Optional<MatchResult> last = text.last(hellaswag ? HELLASWAG_ROW : WINOGRANDE_ROW);
        // a table that stops before the last task is that of a run which did not end
        if (last.isPresent() && lastOf(text, last.get().group(1))) {
            Numbers.real(last.get().group(2))
                    .ifPresent(score -> figures.add(StatedFigure.ofTrial("accuracy", score / PER_CENT)));
            task(hellaswag ? "hellaswag" : "winogrande", last.get().group(1), facts);
        }
    }

    private static boolean lastOf(ConsoleText text, String row) {
        return text.last(LOADED).map(loaded -> loaded.group(1).equals(row)).orElse(true);
    }

    private static void task(String name, String tasks, Map<String, String> facts) {
        facts.put("accuracy.task", name);
        facts.put("accuracy.tasks", tasks);
    }

    private static void add(String metric, MatchResult match, int group, double scale, List<StatedFigure> figures) {
        OptionalDouble value = Numbers.real(match.group(group));
        OptionalDouble error = Numbers.real(match.group(group + 1));
        if (value.isPresent()) {
            figures.add(new StatedFigure(
                    metric,
                    OptionalInt.empty(),
                    value.getAsDouble() / scale,
                    error.isPresent() ? OptionalDouble.of(error.getAsDouble() / scale) : OptionalDouble.empty()));
        }
    }
}
