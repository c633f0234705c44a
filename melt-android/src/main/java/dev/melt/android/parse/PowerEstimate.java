package dev.melt.android.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The block of the long form that says what was drained and, by a model, by whom. For one text; not thread-safe. */
final class PowerEstimate {
    static final String HEADING = "Estimated power use (mAh):";

    private static final String NUMBER = "(\\d{1,9}(?:\\.\\d{1,12})?(?:E-?\\d{1,2})?)";
    private static final Pattern CAPACITY = Pattern.compile("\\s+Capacity: " + NUMBER + ", Computed drain: " + NUMBER
            + ", actual drain: " + NUMBER + "(?:-" + NUMBER + ")?\\s*");
    private static final Pattern ENTRY =
            Pattern.compile("\\s+([A-Za-z][A-Za-z _-]*?(?: [a-z]?\\w+)?): " + NUMBER + "(?=\\s|$)(.*)");
    private static final Pattern PART = Pattern.compile("([a-z_]+)=" + NUMBER);
    private static final Pattern SECTION = Pattern.compile("\\s+(?:Global|\\(.*\\).*)");
    private static final String ESTIMATED = "charge_estimated/";

    private final List<StatsPoint> points = new ArrayList<>();
    private boolean capacity;
    private long skipped;

    static BatteryStats read(SourceText text) throws UnknownOutputException {
        PowerEstimate estimate = new PowerEstimate();
        for (String line : text.after(line -> line.strip().equals(HEADING))) {
            if (line.isBlank() || !Character.isWhitespace(line.charAt(0))) {
                break;
            }
            estimate.take(line);
        }
        if (!estimate.capacity || !text.ended()) {
            throw text.cutOff("'Capacity:' and what is below");
        }
        return new BatteryStats(Map.of(), Map.of(), estimate.points, estimate.skipped);
    }

    private void take(String line) {
        Matcher whole = CAPACITY.matcher(line);
        Matcher entry = ENTRY.matcher(line);
        if (whole.matches()) {
            capacity = true;
            whole(whole);
        } else if (entry.matches()) {
            entry(entry);
        } else if (!SECTION.matcher(line).matches()) {
            skipped++;
        }
    }

    private void whole(Matcher line) {
        String most = line.group(4) == null ? line.group(3) : line.group(4);
        points.add(StatsPoint.charge("charge/capacity", number(line.group(1))));
        points.add(StatsPoint.charge(ESTIMATED + "computed-drain", number(line.group(2))));
        points.add(StatsPoint.charge("charge/actual-drain-min", number(line.group(3))));
        points.add(StatsPoint.charge("charge/actual-drain-max", number(most)));
    }

    private void entry(Matcher line) {
        String name = line.group(1).toLowerCase(Locale.ROOT).replaceFirst("^uid ", "uid-");
        points.add(StatsPoint.charge(ESTIMATED + name, number(line.group(2))));
        Matcher part = PART.matcher(line.group(3));
        while (part.find()) {
            points.add(StatsPoint.charge(ESTIMATED + name + "." + part.group(1), number(part.group(2))));
        }
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}
