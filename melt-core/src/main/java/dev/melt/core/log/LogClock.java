package dev.melt.core.log;

import java.util.Optional;
import java.util.OptionalDouble;

/** Seconds of a log's lines: its own where it prints seconds, else since its first line. For one log; not thread-safe. */
public final class LogClock {
    private OptionalDouble first = OptionalDouble.empty();

    /** Of one line, in the order of the log. */
    public OptionalDouble seconds(Optional<LogStamp> stamp) {
        if (stamp.isEmpty() || stamp.get().isSeconds()) {
            return stamp.map(LogStamp::seconds).orElse(OptionalDouble.empty());
        }
        OptionalDouble at = stamp.get().seconds();
        if (first.isEmpty()) {
            first = at;
        }
        return at.isEmpty() || first.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.rint((at.getAsDouble() - first.getAsDouble()) * 1e6) / 1e6);
    }
}
