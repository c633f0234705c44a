package dev.melt.jetson.parse;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/**
 * The power of one rail on a line of tegrastats, in W.
 *
 * @param watts at this time
 * @param average since tegrastats began: nothing to compute an interval from
 * @param highest since tegrastats began
 */
public record TegraRail(String rail, double watts, OptionalDouble average, OptionalDouble highest) {
    public TegraRail {
        requireNonNull(rail, "rail");
        requireNonNull(average, "average");
        requireNonNull(highest, "highest");
    }

    /** Whether anything is at the sensor's pins. */
    public boolean isConnected() {
        return !rail.equals("NC");
    }
}
