package dev.melt.android.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import java.util.regex.Pattern;

/** The form for programs: rows of {@code VERSION,UID,TYPE,SECTION,...} and of {@code VERSION,h,...}. For one text; not thread-safe. */
final class StatsCheckin {
    private static final Pattern ROW = Pattern.compile("\\d{1,3},(?:h|hsp|\\d{1,9}),.+");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(?:\\.\\d{1,12})?(?:E-?\\d{1,2})?");
    private static final int UID = 1;
    private static final int TYPE = 2;
    private static final int SECTION = 3;
    private static final int FIRST = 4;

    private final Map<String, Long> facts = new TreeMap<>();
    private final Map<String, String> words = new TreeMap<>();
    private final List<StatsPoint> points = new ArrayList<>();
    private final StatsHistory history = new StatsHistory(points);
    private long skipped;
    private boolean damaged;

    static BatteryStats read(SourceText text) throws UnknownOutputException {
        StatsCheckin checkin = new StatsCheckin();
        text.lines().forEach(checkin::take);
        if (!text.ended()) {
            throw text.cutOff("whole lines");
        }
        checkin.words.putAll(checkin.history.words());
        return new BatteryStats(checkin.facts, checkin.words, checkin.points, checkin.skipped);
    }

    private void take(String line) {
        if (line.isBlank()) {
            return;
        }
        if (!ROW.matcher(line).matches()) {
            skipped++;
            return;
        }
        List<String> cells = Arrays.asList(line.split(",", -1));
        damaged = false;
        if (cells.get(UID).equals("h")) {
            damaged = !history.take(cells.subList(2, cells.size()));
        } else if (!cells.get(UID).equals("hsp") && cells.size() > FIRST) {
            facts.putIfAbsent("checkin_version", Long.parseLong(cells.get(0)));
            section(cells.get(UID), cells.get(TYPE) + "," + cells.get(SECTION), cells);
        }
        skipped += damaged ? 1 : 0;
    }

    private void section(String uid, String section, List<String> cells) {
        switch (section) {
            case "i,vers" -> version(cells);
            case "l,bt" -> times(cells);
            case "l,pws" -> summary(cells);
            case "l,pwi" -> {
                String label = cells.get(FIRST);
                String site = label.equals("uid") ? "uid-" + uid : label;
                number(cells, 1, drained -> points.add(StatsPoint.charge("charge_estimated/" + site, drained)));
            }
            default -> {
                // counts of wake locks, networks and the like
            }
        }
    }

    private void version(List<String> cells) {
        whole(cells, 1, "parcel_version");
        if (cells.size() > FIRST + 3) {
            words.put("start_platform", cells.get(FIRST + 2));
            words.put("end_platform", cells.get(FIRST + 3));
        }
    }

    /** The counts go on only while the phone runs from its battery. */
    private void times(List<String> cells) {
        number(cells, 1, millis -> {
            points.add(StatsPoint.duration("battery-realtime", millis));
            words.put("ran_on_battery", Boolean.toString(millis > 0));
        });
        number(cells, 3, millis -> points.add(StatsPoint.duration("total-realtime", millis)));
        whole(cells, 5, "start_clock_ms");
        number(cells, 6, millis -> points.add(StatsPoint.duration("screen-off-realtime", millis)));
        number(cells, 8, capacity -> capacity("estimated-capacity", capacity));
        number(cells, 9, micro -> capacity("learned-capacity-min", micro / 1e3));
        number(cells, 10, micro -> capacity("learned-capacity-max", micro / 1e3));
    }

    private void summary(List<String> cells) {
        number(cells, 0, capacity -> capacity("capacity", capacity));
        number(cells, 1, drain -> points.add(StatsPoint.charge("charge_estimated/computed-drain", drain)));
        number(cells, 2, drain -> points.add(StatsPoint.charge("charge/actual-drain-min", drain)));
        number(cells, 3, drain -> points.add(StatsPoint.charge("charge/actual-drain-max", drain)));
    }

    /** 0 where there is no battery. */
    private void capacity(String site, double milliampereHours) {
        if (milliampereHours > 0) {
            points.add(StatsPoint.charge("charge/" + site, milliampereHours));
        }
    }

    private void number(List<String> cells, int index, DoubleConsumer to) {
        if (cells.size() > FIRST + index) {
            String cell = cells.get(FIRST + index);
            if (NUMBER.matcher(cell).matches()) {
                to.accept(Double.parseDouble(cell));
            } else {
                damaged = true;
            }
        }
    }

    private void whole(List<String> cells, int index, String fact) {
        int at = FIRST + index;
        if (cells.size() > at && WHOLE.matcher(cells.get(at)).matches()) {
            facts.putIfAbsent(fact, Long.parseLong(cells.get(at)));
        } else {
            damaged = true;
        }
    }
}
