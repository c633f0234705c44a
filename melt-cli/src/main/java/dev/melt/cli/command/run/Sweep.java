package dev.melt.cli.command.run;

import dev.melt.core.device.Control;
import dev.melt.core.prepare.Preparation;
import dev.melt.core.prepare.WantedSetting;
import dev.melt.core.problem.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings of a device that a run goes through, every value of one with every value of the others.
 *
 * @param axes values by the setting's name, in the order given
 */
record Sweep(Map<String, List<String>> axes) {
    /** Goes through nothing. */
    static final Sweep NONE = new Sweep(Map.of());

    private static final int MOST_WAYS = 100;

    Sweep {
        axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
    }

    /** What was typed after {@code --sweep}: {@code power_mode=15W,30W,MAXN}. */
    static Sweep parse(List<String> typed) {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        for (String word : typed) {
            int equals = word.indexOf('=');
            List<String> values =
                    equals > 0 ? List.of(word.substring(equals + 1).split(",", -1)) : List.of();
            if (values.isEmpty() || values.stream().anyMatch(String::isBlank)) {
                throw new InvalidInputException(
                        "--sweep " + word,
                        "SETTING=VALUE,VALUE,... expected",
                        "found something else",
                        "'melt device show DEVICE' lists the settings");
            }
            axes.put(word.substring(0, equals), values);
        }
        return new Sweep(axes);
    }

    /** The same with other axes over these. */
    Sweep with(Sweep over) {
        Map<String, List<String>> all = new LinkedHashMap<>(axes);
        all.putAll(over.axes);
        return new Sweep(all);
    }

    /**
     * The ways in which a device is set.
     *
     * @throws InvalidInputException for a setting or a value that it does not take
     */
    List<List<WantedSetting>> resolve(String device, Preparation preparation, List<Control> controls) {
        List<List<String>> ways = ways();
        if (ways.size() > MOST_WAYS) {
            throw new InvalidInputException(
                    "--sweep",
                    "at most " + MOST_WAYS + " ways to set a device expected",
                    "these are " + ways.size(),
                    "sweep fewer settings at a time");
        }
        return ways.stream()
                .map(way -> preparation.with(way).resolve(device, controls).stream()
                        .filter(this::isSwept)
                        .toList())
                .toList();
    }

    private boolean isSwept(WantedSetting setting) {
        return axes.containsKey(setting.name())
                || axes.containsKey(setting.name().replaceFirst("/.*", ""));
    }

    /** Each as {@code SETTING=VALUE} words. */
    private List<List<String>> ways() {
        List<List<String>> ways = List.of(List.of());
        for (Map.Entry<String, List<String>> axis : axes.entrySet()) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> way : ways) {
                for (String value : axis.getValue()) {
                    List<String> next = new ArrayList<>(way);
                    next.add(axis.getKey() + "=" + value);
                    longer.add(next);
                }
            }
            ways = longer;
        }
        return ways;
    }
}
