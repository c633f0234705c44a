package dev.melt.engines.answer;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.EngineError;
import java.util.Optional;

/**
 * That a process' figures were found and put into a log.
 *
 * @param lastLine number of the last line, in {@link ProcessOutput#lines()}, that has one of them
 * @param whole whether they are all that a finished process prints
 * @param failure that the figures themselves tell of
 * @param missing what lacks behind them; output that breaks off so is refused where no failure explains it
 */
public record Figures(int lastLine, boolean whole, Optional<EngineError> failure, Optional<String> missing) {
    public Figures {
        requireNonNull(failure, "failure");
        requireNonNull(missing, "missing");
    }

    /** Figures as a process prints them. */
    public Figures(int lastLine, boolean whole) {
        this(lastLine, whole, Optional.empty(), Optional.empty());
    }

    /** Of a process of which no more is to be read. */
    public static Figures allOf(ProcessOutput process) {
        return new Figures(process.lines().size() - 1, true);
    }

    /** The same, broken off before this. */
    public Figures cutOffBefore(String end) {
        return new Figures(lastLine, false, failure, Optional.of(end));
    }
}
