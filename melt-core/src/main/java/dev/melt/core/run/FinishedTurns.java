package dev.melt.core.run;

import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.workload.Examination;
import dev.melt.core.workload.Script;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which turns of a broken-off trial need not run again, with the tokens that they generated; of an examination which
 * items, or windows of its text, need not be scored again.
 */
final class FinishedTurns {
    private FinishedTurns() {}

    /**
     * By number of the turn. A sustained run cannot be continued, for it is about what an unbroken load does to a device:
     * of it nothing counts as finished.
     */
    static SortedMap<Integer, List<Integer>> of(EventLog log, Script script) {
        SortedMap<Integer, List<Integer>> finished = new TreeMap<>();
        if (script.repeatFor().isPresent()) {
            return finished;
        }
        script.examination().ifPresent(examination -> addScored(log, examination, finished));
        log.turns().forEach(turn -> finished.put(turn.turn(), new ArrayList<>()));
        for (Event event : log.events()) {
            if (event instanceof Event.Token token && finished.containsKey(token.turn())) {
                token.id().ifPresent(id -> finished.get(token.turn()).add(id));
            }
        }
        return finished;
    }

    /** An item counts with its last question, so that what its questions share is evaluated in the same way again. */
    private static void addScored(EventLog log, Examination examination, SortedMap<Integer, List<Integer>> finished) {
        Set<Integer> answered = new HashSet<>();
        log.scores().forEach(score -> answered.add(score.id()));
        log.errors().forEach(error -> error.score().ifPresent(answered::add));
        if (!(examination instanceof Examination.Choices choices)) {
            answered.forEach(window -> finished.put(window, List.of()));
            return;
        }
        int first = 0;
        for (int i = 0; i < choices.items().size(); i++) {
            int next = first + choices.items().get(i).questions();
            if (IntStream.range(first, next).allMatch(answered::contains)) {
                finished.put(i, List.of());
            }
            first = next;
        }
    }
}
