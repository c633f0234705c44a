package dev.melt.core.linux;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of {@code perf stat} about an energy event, in columns or, with {@code -x}, in cells. Without its unit a figure is a
 * count of the processor's and no energy.
 *
 * @param event what follows {@code energy-}: {@code pkg}, {@code cores}, {@code ram}, {@code gpu}, {@code psys}, ...
 * @param part the socket, die, core or processor that it was counted for; empty for all together
 * @param t seconds since the start, with {@code -I}
 * @param figure as printed; {@code <not supported>} and {@code <not counted>} too
 */
record PerfLine(String event, Optional<String> part, OptionalDouble t, String figure) {
    /** In characters; perf prints less than a hundred. */
    private static final int LONGEST = 1000;

    private static final String NOT = "<not [a-z]+>";
    private static final String FIGURE = "\\d[\\d.,'\\u00a0\\u202f\\u2019]*|\\d{1,3}(?: \\d{3})++[.,]\\d+";
    private static final String EVENT = "((?:[\\w-]+/)?energy-[\\w-]+(?:/\\w*)?(?::\\w+)?)";
    private static final String PART = "(?:[SDCN]\\d[\\w-]*|CPU\\d+)";
    private static final Pattern COLUMNS = Pattern.compile("\\s*(?:(\\d+[.,]\\d{9})\\s+)?(?:(" + PART
            + ")\\s+(?:\\d{1,5}\\s+(?=[\\d<]))?)?"
            + "(?:(" + FIGURE + ")\\s+Joules|(" + NOT + ")(?:\\s+Joules)?)\\s+" + EVENT + "(?:\\s.*)?");
    private static final Pattern CELLS = Pattern.compile("\\s*(.+?)([,;|\\t])(Joules)?\\2" + EVENT + "(?:\\2.*)?");
    private static final Pattern NAME = Pattern.compile(".*energy-([\\w-]+)(?:/.*|:.*)?");

    PerfLine {
        requireNonNull(event, "event");
        requireNonNull(part, "part");
        requireNonNull(t, "t");
        requireNonNull(figure, "figure");
    }

    /** Empty for every other line. */
    static Optional<PerfLine> of(String line) {
        if (line.length() > LONGEST || !line.contains("energy-")) {
            return Optional.empty();
        }
        Matcher cells = CELLS.matcher(line);
        if (cells.matches()) {
            return ofCells(cells.group(1), cells.group(2), cells.group(4))
                    .filter(read -> cells.group(3) != null || read.isUnavailable());
        }
        Matcher columns = COLUMNS.matcher(line);
        if (!columns.matches()) {
            return Optional.empty();
        }
        OptionalDouble t = columns.group(1) == null ? OptionalDouble.empty() : LocaleNumber.of(columns.group(1));
        String figure = columns.group(3) == null ? columns.group(4) : columns.group(3);
        return Optional.of(new PerfLine(name(columns.group(5)), Optional.ofNullable(columns.group(2)), t, figure));
    }

    /** Where a comma both ends cells and begins decimals a figure has two cells. */
    private static Optional<PerfLine> ofCells(String front, String separator, String event) {
        Deque<String> cells = new ArrayDeque<>(Arrays.asList(front.split(Pattern.quote(separator), -1)));
        OptionalDouble t = time(cells);
        Optional<String> part = Optional.ofNullable(cells.peek()).filter(cell -> cell.matches(PART));
        if (part.isPresent()) {
            cells.remove();
            if (!part.get().startsWith("CPU") && cells.size() > 1) {
                cells.remove();
            }
        }
        String figure = String.join(",", cells);
        return cells.size() > 2 ? Optional.empty() : Optional.of(new PerfLine(name(event), part, t, figure));
    }

    private static OptionalDouble time(Deque<String> cells) {
        String first = cells.remove();
        if (!cells.isEmpty() && first.matches("\\d+[.,]\\d{9}")) {
            return LocaleNumber.of(first);
        }
        if (cells.size() > 1 && first.matches("\\d+") && cells.element().matches("\\d{9}")) {
            return LocaleNumber.of(first + "." + cells.remove());
        }
        cells.addFirst(first);
        return OptionalDouble.empty();
    }

    private static String name(String event) {
        return NAME.matcher(event).replaceFirst("$1");
    }

    String site() {
        return part.map(word -> event + "-" + word).orElse(event);
    }

    /** In J; empty where perf could not count it, and for what is no number. */
    OptionalDouble joules() {
        return LocaleNumber.of(figure);
    }

    /** Whether perf says that it could not count. */
    boolean isUnavailable() {
        return figure.startsWith("<");
    }
}
