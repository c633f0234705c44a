package dev.melt.engines.answer;

import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.span.SpanLayout;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the figures of one process in one form of output. */
@FunctionalInterface
public interface FigureReader {
    /**
     * Puts what the process measured into the log.
     *
     * @return empty when the figures that this form must have are not there, in which case nothing was put into the log
     * @throws UnknownOutputException for output that is known and of no use, in words that say why
     */
    Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log) throws UnknownOutputException;

    /** The first of several forms that the output has. */
    static FigureReader firstOf(FigureReader... forms) {
        return (process, spans, log) -> {
            for (FigureReader form : forms) {
                Optional<Figures> found = form.read(process, spans, log);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        };
    }

    /** All figures are there, and the last line that has this is the last of them. */
    static Optional<Figures> upTo(ProcessOutput process, Pattern last) {
        List<String> lines = process.all().lines();
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (last.matcher(lines.get(i)).find()) {
                return Optional.of(new Figures(i, true));
            }
        }
        return Optional.empty();
    }
}
