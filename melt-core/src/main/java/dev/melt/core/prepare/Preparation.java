package dev.melt.core.prepare;

import dev.melt.core.device.Control;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a person asks a device to be like during a run. Becomes {@link WantedSetting}s once the device is known.
 *
 * @param usual whether MELT's usual settings are wanted where nothing else was said
 * @param asked values by name, or {@link #KEEP}; {@code governor} stands for every {@code governor/...}
 */
public record Preparation(boolean usual, SortedMap<String, String> asked) {
    /** Leaves a setting as it is. */
    public static final String KEEP = "keep";

    /** MELT's usual settings and nothing else. */
    public static final Preparation USUAL = new Preparation(true, new TreeMap<>());

    /** Leaves everything as it is. */
    public static final Preparation NONE = new Preparation(false, new TreeMap<>());

    private static final String NOTHING = "none";

    public Preparation {
        asked = Collections.unmodifiableSortedMap(new TreeMap<>(asked));
    }

    /** What a profile says, over the usual settings. */
    public static Preparation of(Map<String, String> profile) {
        return new Preparation(true, new TreeMap<>(profile));
    }

    /**
     * The same with what was typed after {@code --prepare} put over it.
     *
     * @param words {@code KEY=VALUE}, {@code KEY=keep}, or {@code none}, which takes back what came before it
     */
    public Preparation with(List<String> words) {
        boolean all = usual;
        TreeMap<String, String> values = new TreeMap<>(asked);
        for (String word :
                words.stream().flatMap(some -> Stream.of(some.split(","))).toList()) {
            int equals = word.indexOf('=');
            if (word.equals(NOTHING)) {
                all = false;
                values.clear();
            } else if (equals > 0 && equals < word.length() - 1) {
                values.put(word.substring(0, equals), word.substring(equals + 1));
            } else {
                throw new InvalidInputException(
                        "--prepare " + word,
                        "KEY=VALUE, KEY=keep or none expected",
                        "found something else",
                        "'melt device show DEVICE' lists the settings");
            }
        }
        return new Preparation(all, values);
    }

    /**
     * What that means for a device, in the order in which to set it. What is usual and cannot be had there is left out.
     *
     * @param device its name, for complaints
     * @throws InvalidInputException for a name or value that the device does not take
     */
    public List<WantedSetting> resolve(String device, List<Control> controls) {
        for (String name : asked.keySet()) {
            if (controls.stream().noneMatch(control -> isMeant(name, control))) {
                throw unknown(device, name, controls);
            }
        }
        List<WantedSetting> wanted = new ArrayList<>();
        for (Control control : controls) {
            Optional<String> own = askedFor(control);
            own.filter(value -> !value.equals(KEEP)).ifPresent(value -> check(device, control, value));
            own.or(() -> usual && control.isAvailable() ? control.usual() : Optional.empty())
                    .filter(value -> !value.equals(KEEP))
                    .ifPresent(value -> wanted.add(new WantedSetting(control.name(), value)));
        }
        return wanted;
    }

    /** A setting's own name comes before that of its group. */
    private Optional<String> askedFor(Control control) {
        return Optional.ofNullable(asked.get(control.name())).or(() -> Optional.ofNullable(asked.get(group(control))));
    }

    private static String group(Control control) {
        return control.name().replaceFirst("/.*", "");
    }

    private static boolean isMeant(String name, Control control) {
        return control.name().equals(name) || group(control).equals(name);
    }

    private static void check(String device, Control control, String value) {
        String subject = "[" + device + "] --prepare " + control.name() + "=" + value;
        control.obstacle().ifPresent(obstacle -> {
            throw new InvalidInputException(
                    subject, "a setting that can be changed there expected", obstacle, "leave it out");
        });
        if (!value.matches(control.accepts())) {
            throw new InvalidInputException(
                    subject,
                    "a value of the form " + control.accepts() + " expected",
                    "found another",
                    control.about() + "; correct it, or leave it out");
        }
    }

    private static InvalidInputException unknown(String device, String name, List<Control> controls) {
        List<String> names = controls.stream().map(Control::name).toList();
        List<String> near = Nearest.of(name, names);
        return new InvalidInputException(
                "[" + device + "] --prepare " + name,
                "the name of a setting expected",
                names.isEmpty() ? "nothing can be set on this device" : "this device has none of that name",
                near.isEmpty()
                        ? "'melt device show " + device + "' lists the settings"
                        : "did you mean " + String.join(" or ", near) + "?");
    }
}
