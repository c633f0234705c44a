package dev.melt.core.store;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Finds the run that a person means by what they typed. */
final class RunLookup {
    private static final String NEWEST = "@latest";

    private RunLookup() {}

    static StoredRun find(Handle handle, String typed) {
        List<String> all = handle.createQuery("SELECT id FROM run ORDER BY id DESC")
                .mapTo(String.class)
                .list();
        if (typed.equals(NEWEST) && !all.isEmpty()) {
            return RunRows.newest(handle).orElseThrow();
        }
        List<String> meant = all.contains(typed)
                ? List.of(typed)
                : all.stream().filter(id -> isMeant(id, typed)).toList();
        if (meant.size() != 1) {
            throw meant.isEmpty() ? unknown(typed, all) : ambiguous(typed, meant);
        }
        return RunRows.byId(handle, meant.get(0)).orElseThrow();
    }

    private static boolean isMeant(String id, String typed) {
        return !typed.isEmpty() && (id.startsWith(typed) || id.endsWith("-" + typed));
    }

    private static InvalidInputException unknown(String typed, List<String> all) {
        List<String> nearest = Nearest.of(typed, all);
        List<String> offered = nearest.isEmpty() ? all.subList(0, Math.min(3, all.size())) : nearest;
        return new InvalidInputException(
                "run " + typed,
                "the id of a stored run expected",
                all.isEmpty() ? "no run is stored yet" : "no run has an id that begins so",
                offered.isEmpty()
                        ? "make one with melt run"
                        : (nearest.isEmpty() ? "newest: " : "nearest: ") + String.join(", ", offered));
    }

    private static InvalidInputException ambiguous(String typed, List<String> meant) {
        int shown = Math.min(3, meant.size());
        String more = meant.size() > shown ? " and " + (meant.size() - shown) + " more" : "";
        return new InvalidInputException(
                "run " + typed,
                "the beginning of one run's id expected",
                "it fits " + String.join(", ", meant.subList(0, shown)) + more,
                "type more of it, or its last four characters");
    }
}
