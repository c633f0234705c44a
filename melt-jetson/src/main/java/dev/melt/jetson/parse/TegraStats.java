package dev.melt.jetson.parse;

import static java.util.stream.Collectors.joining;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.log.LogClock;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import dev.melt.core.telemetry.Unit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What tegrastats printed: a line, or a log of them. */
public record TegraStats(List<TegraLine> lines, long skipped) implements TelemetryRecord {
    /** A last line without its end is whole when its last number has its unit. */
    private static final Pattern WHOLE_END = Pattern.compile(".*(?:mW|C|%|\\)|\\]|\\boff)\\s*");

    private static final Pattern BEGINNING = Pattern.compile("(?<![A-Za-z])RAM\\s+\\d");
    private static final int MOST_STRANGE_WORDS = 20;

    public TegraStats {
        lines = List.copyOf(lines);
    }

    /**
     * Reads lines of any L4T. Those that are damaged, break off or are none are skipped.
     *
     * @throws UnknownOutputException for a text without one whole line
     */
    public static TegraStats read(SourceText text) throws UnknownOutputException {
        List<TegraLine> read = new ArrayList<>();
        long present = 0;
        for (int i = 0; i < text.lines().size(); i++) {
            String line = text.lines().get(i);
            boolean whole = !text.cutIn(i) || WHOLE_END.matcher(line).matches();
            present += line.isBlank() ? 0 : 1;
            if (whole) {
                TegraLine.of(line).ifPresent(read::add);
            }
        }
        if (read.isEmpty() && text.has(line -> BEGINNING.matcher(line).find())) {
            throw text.cutOff("a whole line 'RAM USED/TOTALMB ... CPU [...]' of tegrastats");
        }
        if (read.isEmpty()) {
            throw text.unlike("'RAM USED/TOTALMB ... CPU [...]' of tegrastats");
        }
        List<TegraLine> whole = withoutHalves(withoutDamaged(read));
        return new TegraStats(whole, present - whole.size());
    }

    /** Where some lines are understood word for word, the others are damaged; where none is, it is a form not seen before. */
    private static List<TegraLine> withoutDamaged(List<TegraLine> lines) {
        List<TegraLine> clear =
                lines.stream().filter(line -> line.strange().isEmpty()).toList();
        return clear.isEmpty() ? lines : clear;
    }

    /** A line that has the beginning of another's form and no more was cut off; its last number may lack digits. */
    private static List<TegraLine> withoutHalves(List<TegraLine> lines) {
        TreeSet<String> forms = new TreeSet<>();
        lines.forEach(line -> forms.add(line.form()));
        Set<String> halves = new HashSet<>();
        for (String form : forms) {
            if (Optional.ofNullable(forms.higher(form))
                    .filter(next -> next.startsWith(form))
                    .isPresent()) {
                halves.add(form);
            }
        }
        return lines.stream().filter(line -> !halves.contains(line.form())).toList();
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        LogClock clock = new LogClock();
        lines.forEach(line -> line.writeTo(out, clock.seconds(line.stamp().map(TegraStamp::time))));
        out.fact("lines", lines.size());
        out.fact(
                "cores",
                lines.stream().mapToInt(line -> line.cores().size()).max().orElse(0));
        List<String> times = lines.stream()
                .flatMap(line -> line.stamp().map(TegraStamp::text).stream())
                .toList();
        if (!times.isEmpty()) {
            out.fact("time_first", times.get(0));
            out.fact("time_last", times.get(times.size() - 1));
        }
        leftOut(out);
        String strange = lines.stream()
                .flatMap(line -> line.strange().stream())
                .distinct()
                .limit(MOST_STRANGE_WORDS)
                .collect(joining(" "));
        if (!strange.isEmpty()) {
            out.fact("not_understood", strange);
        }
        out.skipped(skipped);
    }

    /** Each once, however long the log is. */
    private void leftOut(TelemetryBuilder out) {
        Set<String> told = new HashSet<>();
        for (TegraLine line : lines) {
            for (TegraHeat heat : line.temperatures()) {
                heat.obstacle()
                        .filter(reason -> told.add(heat.sensor() + reason))
                        .ifPresent(reason ->
                                out.leftOut("temperature/" + heat.sensor(), Unit.CELSIUS, heat.stated(), reason));
            }
            for (TegraRail rail : line.rails()) {
                if (!rail.isConnected() && told.add(rail.rail())) {
                    out.leftOut("power/" + rail.rail(), Unit.WATT, rail.watts(), "nothing is connected there");
                }
            }
        }
    }
}
