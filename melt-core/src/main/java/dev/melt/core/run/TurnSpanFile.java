package dev.melt.core.run;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.metric.Window;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads {@code span.N}: when the process ran that did turn N of a trial which has a process a turn, as
 * {@code START_NS END_NS} on the boot clock. A shell takes both from {@code /proc/uptime}, which is cut to 10 ms.
 */
final class TurnSpanFile {
    private static final String PREFIX = "span.";
    private static final String LINE = "[0-9]{1,18} +[0-9]{1,18}";
    private static final long UPTIME_NANOS = 10_000_000;

    private TurnSpanFile() {}

    /** @param boundNanos both edges are within this */
    record Span(Window window, long boundNanos) {}

    /** By turn; what is not whole is left out. */
    static Map<Integer, Span> all(EngineOutput output) {
        Map<Integer, Span> spans = new TreeMap<>();
        for (String name : output.names(PREFIX, "")) {
            String number = name.substring(PREFIX.length());
            String line = output.text(name).orElse("").strip();
            if (number.matches("[0-9]{1,6}") && line.matches(LINE)) {
                String[] edges = line.split(" +", -1);
                long start = Long.parseLong(edges[0]);
                long end = Long.parseLong(edges[1]);
                if (end >= start) {
                    spans.put(Integer.parseInt(number), new Span(new Window(start, end), UPTIME_NANOS));
                }
            }
        }
        return spans;
    }
}
