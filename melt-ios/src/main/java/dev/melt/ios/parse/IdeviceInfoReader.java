package dev.melt.ios.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Takes the values out of what {@code ideviceinfo} printed, in each of its forms. Not thread-safe; one for each text. */
final class IdeviceInfoReader {
    private static final String EXPECTED = "'ProductType: ...' and other keys of ideviceinfo";

    /** Beginnings of keys that lockdown has and other tools have not. */
    private static final Pattern KNOWN =
            Pattern.compile("(?:Activation|AmountData|Baseband|Battery|Bluetooth|Build|CPUArch"
                    + "|CalculateDisk|Carrier|ChipID|DeveloperMode|Device|Ethernet|External|Firmware|FullyCharged|GasGaugeCap|Hardware"
                    + "|HasBattery|HasSiDP|International|ModelNumber|NonVolatile|PasswordProt|Product|ProtocolVer|ProximitySensor"
                    + "|Region|SIMStatus|SerialNumber|SoftwareB|SupportedDevice|TimeInterval|TimeZone|TotalD|TotalS|Trusted"
                    + "|Unique|Uses24|WiFi)\\w*");

    private static final Pattern VALUE_ALONE =
            Pattern.compile("true|false|-?\\d[\\w.,-]{0,60}|i(?:Phone|Pad|Pod)\\d+,\\d+");
    private static final Pattern UNKNOWN_DOMAIN =
            Pattern.compile("WARNING: Sending query with unknown domain \"([^\"]*)\"\\.?");
    private static final String DOMAIN_OF_CODE_SIGNING = "com.apple.security.mac.amfi";

    private final SourceText text;
    private final SortedMap<String, String> values = new TreeMap<>();
    private final SortedMap<String, List<SortedMap<String, String>>> lists = new TreeMap<>();
    private long skipped;

    IdeviceInfoReader(SourceText text) {
        this.text = text;
    }

    IdeviceInfo read() throws UnknownOutputException {
        boolean known = Transcript.isIn(text) ? transcript() : PlistText.isIn(text) ? list(text) : plain();
        if (!known) {
            throw text.unlike(EXPECTED);
        }
        return new IdeviceInfo(values, lists, skipped);
    }

    private boolean transcript() throws UnknownOutputException {
        boolean known = false;
        for (Transcript.Step step : Transcript.of(text).of("ideviceinfo")) {
            if (step.exit().orElse(-1) != 0) {
                continue;
            }
            List<String> printed =
                    step.lines().stream().filter(line -> !line.isBlank()).toList();
            String key = step.option("-k");
            if (!key.isEmpty() && printed.size() == 1) {
                values.putIfAbsent(key, printed.get(0));
                known = true;
            } else if (!printed.isEmpty()) {
                known |= PlistText.isIn(step.text()) ? list(step.text()) : lines(step.lines());
            }
        }
        return known;
    }

    private boolean list(SourceText source) throws UnknownOutputException {
        PlistText list = PlistText.read(source);
        boolean known = false;
        for (PropertyTree tree : list.trees()) {
            if (tree.values().keySet().stream()
                    .noneMatch(key -> KNOWN.matcher(key).matches())) {
                continue;
            }
            known = true;
            flatten(tree.values(), "", values);
        }
        skipped += list.skipped()
                + list.around().stream()
                        .filter(line -> !line.startsWith("WARNING: "))
                        .count();
        return known;
    }

    private void flatten(Map<?, ?> tree, String prefix, Map<String, String> into) {
        tree.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> inner) {
                flatten(inner, name + ".", into);
            } else if (value instanceof List<?> items) {
                items.forEach(item ->
                        lists.computeIfAbsent(name, any -> new ArrayList<>()).add(item(item)));
            } else {
                into.putIfAbsent(name, String.valueOf(value));
            }
        });
    }

    private SortedMap<String, String> item(Object item) {
        SortedMap<String, String> values = new TreeMap<>();
        if (item instanceof Map<?, ?> tree) {
            flatten(tree, "", values);
        } else {
            values.put(IdeviceInfo.ITEM, String.valueOf(item));
        }
        return values;
    }

    /** Lines, or the answer alone that was asked for with {@code -k}. */
    private boolean plain() throws UnknownOutputException {
        List<String> printed =
                text.lines().stream().filter(line -> !line.isBlank()).toList();
        Optional<String> domain = printed.stream()
                .map(UNKNOWN_DOMAIN::matcher)
                .filter(warning -> warning.matches())
                .map(warning -> warning.group(1))
                .findFirst();
        List<String> answers = printed.stream()
                .filter(line -> !UNKNOWN_DOMAIN.matcher(line).matches())
                .toList();
        boolean alone =
                answers.size() == 1 && VALUE_ALONE.matcher(answers.get(0)).matches();
        boolean known = alone || lines(text.lines());
        if (alone) {
            values.put(
                    domain.filter(DOMAIN_OF_CODE_SIGNING::equals).isPresent() ? "DeveloperModeStatus" : "value",
                    answers.get(0));
        }
        if (known && !text.ended()) {
            throw text.cutOff("whole lines");
        }
        return known;
    }

    private boolean lines(List<String> lines) {
        IndentedLines indented = new IndentedLines(values, lists);
        for (String line : lines) {
            skipped += line.isBlank() || UNKNOWN_DOMAIN.matcher(line).matches() || indented.take(line) ? 0 : 1;
        }
        return indented.keys().stream().anyMatch(key -> KNOWN.matcher(key).matches());
    }
}
