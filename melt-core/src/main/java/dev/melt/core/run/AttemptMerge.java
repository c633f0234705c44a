package dev.melt.core.run;

import dev.melt.core.event.EngineError;
import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.Score;
import dev.melt.core.event.StatedFigure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts the logs of a trial's attempts together: a trial whose engine was killed with MELT goes on in a second process at
 * the first unfinished turn. Of an attempt that was broken off only its finished turns count.
 */
final class AttemptMerge {
    private AttemptMerge() {}

    /** The one log of all attempts, oldest first; the last one alone says how the trial ended and what it complains of. */
    static EventLog of(List<EventLog> all) {
        List<EventLog> attempts = sinceTheLastBeginning(all);
        if (attempts.size() == 1) {
            return attempts.get(0);
        }
        EventLog last = attempts.get(attempts.size() - 1);
        List<Event> events = new ArrayList<>();
        List<EnginePerf> perf = new ArrayList<>();
        Map<Integer, Score> scores = new TreeMap<>();
        List<StatedFigure> figures = new ArrayList<>();
        List<EngineError> errors = new ArrayList<>();
        Map<Integer, String> answers = new HashMap<>();
        int damaged = 0;
        for (int i = 0; i < attempts.size(); i++) {
            EventLog attempt = attempts.get(i);
            addFinished(attempt, i == attempts.size() - 1, events);
            perf.addAll(attempt.perf());
            attempt.scores().forEach(score -> scores.put(score.id(), score));
            addStated(attempt, i == attempts.size() - 1, figures);
            addFaults(attempt, i == attempts.size() - 1, errors);
            answers.putAll(attempt.answers());
            damaged += attempt.damagedLines();
        }
        return new EventLog(
                last.facts(),
                last.effective(),
                events,
                perf,
                answers,
                List.copyOf(scores.values()),
                figures,
                errors,
                last.endedWell(),
                damaged,
                last.stamps());
    }

    /** An attempt that runs a finished turn once more began anew, as a sustained run does; what was before counts no more. */
    private static List<EventLog> sinceTheLastBeginning(List<EventLog> attempts) {
        int beginning = 0;
        Set<Integer> finished = new HashSet<>();
        for (int i = 0; i < attempts.size(); i++) {
            Set<Integer> turns = new HashSet<>();
            attempts.get(i).turns().forEach(turn -> turns.add(turn.turn()));
            if (!Collections.disjoint(finished, turns)) {
                beginning = i;
                finished.clear();
            }
            finished.addAll(turns);
        }
        return attempts.subList(beginning, attempts.size());
    }

    /** That an attempt was broken off is no fault of the trial, which went on after it. */
    private static void addFaults(EventLog attempt, boolean isLast, List<EngineError> errors) {
        attempt.errors().stream().filter(error -> isLast || !error.ofTrial()).forEach(errors::add);
    }

    /** A figure of the whole process says something of the trial only where that process did the whole rest of it. */
    private static void addStated(EventLog attempt, boolean isLast, List<StatedFigure> figures) {
        Set<Integer> finished = finished(attempt);
        attempt.figures().stream()
                .filter(figure -> figure.turn().isPresent()
                        ? finished.contains(figure.turn().getAsInt())
                        : isLast)
                .forEach(figures::add);
    }

    private static Set<Integer> finished(EventLog attempt) {
        Set<Integer> finished = new HashSet<>();
        attempt.turns().forEach(turn -> finished.add(turn.turn()));
        return finished;
    }

    private static void addFinished(EventLog attempt, boolean isLast, List<Event> events) {
        Set<Integer> finished = finished(attempt);
        attempt.events().stream()
                .filter(event -> event.turnIndex().isPresent()
                        ? finished.contains(event.turnIndex().getAsInt())
                        : isLast)
                .forEach(events::add);
    }
}
