package dev.melt.core.run;

import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.workload.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which turns of a broken-off trial need not run again, with the tokens that they generated. */
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
        log.turns().forEach(turn -> finished.put(turn.turn(), new ArrayList<>()));
        for (Event event : log.events()) {
            if (event instanceof Event.Token token && finished.containsKey(token.turn())) {
                token.id().ifPresent(id -> finished.get(token.turn()).add(id));
            }
        }
        return finished;
    }
}
