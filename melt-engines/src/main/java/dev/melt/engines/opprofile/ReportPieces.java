package dev.melt.engines.opprofile;

import java.util.Optional;

/** Puts the pieces of one function's reports together. A piece out of turn spoils the report that it belongs to. */
final class ReportPieces {
    private final String function;
    private final StringBuilder text = new StringBuilder();
    private int next;
    private int last;

    ReportPieces(String function) {
        this.function = function;
    }

    /** What is wrong when this piece comes now. */
    Optional<String> fault(int index, int lastIndex) {
        if (index == next && (index == 0 || lastIndex == last)) {
            return Optional.empty();
        }
        return Optional.of(function + ": piece " + next + " of a report expected, piece " + index + " of 0 to "
                + lastIndex + " found; the report is left out");
    }

    /** Adds a piece; gives the whole report after its last one. */
    Optional<String> add(int index, int lastIndex, String piece) {
        if (index == 0) {
            text.setLength(0);
            last = lastIndex;
        } else if (index != next || lastIndex != last) {
            next = 0;
            return Optional.empty();
        }
        text.append(piece);
        if (index < last) {
            next = index + 1;
            return Optional.empty();
        }
        next = 0;
        return Optional.of(text.toString());
    }

    /** What is wrong when nothing more comes. */
    Optional<String> unfinished() {
        return next == 0
                ? Optional.empty()
                : Optional.of(function + ": pieces 0 to " + last + " of a report expected, the log ends before piece "
                        + next);
    }
}
