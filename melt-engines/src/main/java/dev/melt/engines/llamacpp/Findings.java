package dev.melt.engines.llamacpp;

import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.StatedFigure;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.span.TurnSpans;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one form of output gave. Immutable.
 *
 * @param figures of the whole process
 * @param facts that only this form tells
 * @param effective settings that only this form tells
 * @param cutOff what is missing at the end; empty where the output is whole
 */
record Findings(
        List<TurnFinding> turns,
        List<StatedFigure> figures,
        Map<String, String> facts,
        Map<String, String> effective,
        Optional<String> cutOff) {
    static final Findings NONE = new Findings(List.of(), List.of(), Map.of(), Map.of(), Optional.empty());

    Findings {
        turns = List.copyOf(turns);
        figures = List.copyOf(figures);
        facts = Map.copyOf(facts);
        effective = Map.copyOf(effective);
    }

    static Findings ofTurns(List<? extends TurnFinding> turns) {
        return new Findings(List.copyOf(turns), List.of(), Map.of(), Map.of(), Optional.empty());
    }

    static Findings ofFigures(List<StatedFigure> figures, Map<String, String> facts) {
        return new Findings(List.of(), figures, facts, Map.of(), Optional.empty());
    }

    /** Of an output that ends before it is whole. */
    static Findings cut(String missing) {
        return NONE.cutOffWithout(missing);
    }

    Findings cutOffWithout(String missing) {
        return new Findings(turns, figures, facts, effective, Optional.of(missing));
    }

    Findings with(Map<String, String> moreFacts, Map<String, String> moreEffective) {
        Map<String, String> allFacts = new HashMap<>(facts);
        allFacts.putAll(moreFacts);
        Map<String, String> allEffective = new HashMap<>(effective);
        allEffective.putAll(moreEffective);
        return new Findings(turns, figures, allFacts, allEffective, cutOff);
    }

    /** Puts all into a log; turns are numbered from the next one on. */
    void addTo(SpanLayout spans, EventLogBuilder log) {
        int turn = spans.turns();
        for (TurnFinding finding : turns) {
            finding.lay(turn++, spans, log);
        }
        spans.next(turn);
        figures.forEach(log::add);
        facts.forEach(log::fact);
        effective.forEach(log::effective);
    }

    /**
     * The same with a prompt and an answer that were measured one after the other as the one turn that they stand for.
     * Anything else stays as it is.
     */
    Findings asOneTurn() {
        if (turns.size() != 2
                || !(turns.get(0) instanceof TurnFinding.Timed prompt)
                || !(turns.get(1) instanceof TurnFinding.Timed answer)
                || prompt.spans().decodeSeconds().isPresent()
                || answer.spans().prefillSeconds().isPresent()) {
            return this;
        }
        TurnSpans spans = new TurnSpans(
                prompt.spans().promptTokens(),
                prompt.spans().prefillSeconds(),
                answer.spans().firstTokenSeconds(),
                answer.spans().decodeSteps(),
                answer.spans().decodeSeconds(),
                answer.spans().generated(),
                prompt.spans().depth());
        List<TurnFinding> one = new ArrayList<>();
        one.add(new TurnFinding.Timed(spans, prompt.prefill(), answer.decode()));
        return new Findings(one, figures, facts, effective, cutOff);
    }
}
