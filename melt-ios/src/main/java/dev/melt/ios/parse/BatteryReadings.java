package dev.melt.ios.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a phone's registry said of its battery, once or repeatedly.
 *
 * @param readings at least one
 */
record BatteryReadings(List<BatteryRegistry> readings, long skipped) implements TelemetryRecord {
    private static final String REGISTRY = "IORegistry";
    private static final String AROUND = "Diagnostics";

    /** What lines of the tool's own log have. */
    private static final String LOGGED = "msg";

    BatteryReadings {
        readings = List.copyOf(readings);
    }

    BatteryRegistry last() {
        return readings.get(readings.size() - 1);
    }

    /**
     * Reads {@code idevicediagnostics ioregentry} or {@code ioreg}.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    static BatteryReadings ofXml(SourceText text) throws UnknownOutputException {
        PlistText list = PlistText.read(text);
        List<BatteryRegistry> readings = new ArrayList<>();
        for (Object root : list.roots()) {
            entry(root).map(RegistryEntry::of).map(BatteryRegistry::new).ifPresent(readings::add);
        }
        if (readings.isEmpty()) {
            throw text.unlike("a property list with '" + REGISTRY + "' of a battery");
        }
        boolean found = readings.stream().anyMatch(reading -> !reading.isEmpty());
        List<BatteryRegistry> told = readings.stream()
                .filter(reading -> !found || !reading.isEmpty())
                .toList();
        boolean noted = Transcript.isIn(text);
        return new BatteryReadings(
                told, list.skipped() + (noted ? 0 : list.around().size()));
    }

    /** The battery's entry, be it the whole answer, part of one, or one of a tree of entries; an empty one where none is given. */
    private static Optional<PropertyTree> entry(Object root) {
        Optional<PropertyTree> answer = PropertyTree.of(root);
        Optional<PropertyTree> top = answer.map(tree -> tree.child(AROUND).orElse(tree))
                .map(tree -> tree.child(REGISTRY).orElse(tree));
        if (top.filter(tree -> tree.values().isEmpty()).isPresent()) {
            return top;
        }
        Deque<Object> open = new ArrayDeque<>();
        open.add(top.map(tree -> (Object) tree.values()).orElse(root));
        while (!open.isEmpty()) {
            Object next = open.remove();
            Optional<PropertyTree> tree = PropertyTree.of(next).filter(RegistryEntry::isOne);
            if (tree.isPresent()) {
                return tree;
            }
            Object below = next instanceof Map<?, ?> map ? map.get("IORegistryEntryChildren") : next;
            if (below instanceof Collection<?> items) {
                open.addAll(items);
            }
        }
        return Optional.empty();
    }

    /**
     * Reads what tools print that do not use XML: objects of JSON, one or many, or a dictionary of Python.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    static BatteryReadings ofJson(SourceText text) throws UnknownOutputException {
        JsonText json = JsonText.read(PythonText.asJson(text));
        List<BatteryRegistry> readings = new ArrayList<>();
        long others = 0;
        for (PropertyTree tree : json.trees()) {
            PropertyTree answer = tree.child(AROUND).orElse(tree);
            PropertyTree entry = answer.child(REGISTRY).orElse(answer);
            if (RegistryEntry.isOne(entry) || entry.has(BatteryRegistry.LEVEL_ALONE)) {
                readings.add(new BatteryRegistry(RegistryEntry.of(entry)));
            } else {
                others += tree.has(LOGGED) ? 0 : 1;
            }
        }
        if (readings.isEmpty()) {
            throw json.breaksOff()
                    ? text.cutOff("'}' of a battery's values")
                    : text.unlike("'{\"InstantAmperage\": ...}' and other values of a battery");
        }
        return new BatteryReadings(readings, json.skipped() + json.around().size() + others);
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        readings.forEach(reading -> new BatterySamples(reading).writeTo(out));
        out.fact("found", !last().isEmpty());
        out.skipped(skipped);
    }
}
