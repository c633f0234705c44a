package dev.melt.ios.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import dev.melt.core.telemetry.Unit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What lockdown says of a phone, of one domain or of several: {@code ideviceinfo}, as text or with {@code -x}.
 *
 * @param values single values in their own words by key; those of a tree within have the tree's key and a dot before them
 * @param lists arrays by key, each item in its own words; of items that are trees the values of each
 */
public record IdeviceInfo(
        SortedMap<String, String> values, SortedMap<String, List<SortedMap<String, String>>> lists, long skipped)
        implements TelemetryRecord {
    /** What an item of a list that is a single value is called. */
    static final String ITEM = "value";

    /** Numbers among the facts; all else that looks like one is a name or an identifier. */
    private static final Pattern COUNTED =
            Pattern.compile(".*(?:Available|Capacity|Reserved|Usage|ID|Offset)|TotalBytes.*|.*Count");

    private static final Set<String> IDENTIFIERS =
            Set.of("UniqueDeviceID", "BasebandUniqueId", "MLBSerialNumber", "DieID");
    private static final Pattern WHOLE = Pattern.compile("0|[1-9]\\d{0,17}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,18}(?:\\.\\d{1,18})?");
    private static final String LEVEL = "BatteryCurrentCapacity";
    private static final String FREE = "AmountDataAvailable";
    private static final String DEVELOPER_MODE = "DeveloperModeStatus";

    public IdeviceInfo {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        SortedMap<String, List<SortedMap<String, String>>> copies = new TreeMap<>();
        lists.forEach((key, items) -> copies.put(key, List.copyOf(items)));
        lists = Collections.unmodifiableSortedMap(copies);
    }

    /**
     * Reads such output.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    public static IdeviceInfo read(String text) throws UnknownOutputException {
        return read(SourceText.of(text));
    }

    /**
     * Reads such output, of several calls too where they are noted with their commands.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    public static IdeviceInfo read(SourceText text) throws UnknownOutputException {
        return new IdeviceInfoReader(text).read();
    }

    /** A value in its own words. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(requireNonNull(key, "key"))).filter(word -> !word.isEmpty());
    }

    public OptionalLong number(String key) {
        return text(key).filter(word -> WHOLE.matcher(word).matches()).stream()
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    public OptionalDouble decimal(String key) {
        return text(key).filter(word -> DECIMAL.matcher(word).matches()).stream()
                .mapToDouble(Double::parseDouble)
                .findFirst();
    }

    public Optional<Boolean> flag(String key) {
        return text(key)
                .filter(word -> word.equals("true") || word.equals("false"))
                .map(Boolean::valueOf);
    }

    /** The items of an array that has single values. */
    public List<String> items(String key) {
        return lists.getOrDefault(key, List.of()).stream()
                .flatMap(item -> Optional.ofNullable(item.get(ITEM)).stream())
                .toList();
    }

    /** Bytes that an app may still fill; empty also where the phone has not finished counting. */
    public OptionalLong freeBytes() {
        return number(FREE);
    }

    /** Whether the domain of the disk was asked. */
    private boolean isOfTheDisk() {
        return values.containsKey("CalculateDiskUsage")
                || values.containsKey(FREE)
                || values.containsKey("TotalDiskCapacity");
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        values.forEach((key, word) -> {
            boolean counted = COUNTED.matcher(key).matches() && !IDENTIFIERS.contains(key);
            if (flag(key).isPresent()) {
                out.fact(key, flag(key).get());
            } else if (counted && number(key).isPresent()) {
                out.fact(key, number(key).getAsLong());
            } else {
                out.fact(key, word);
            }
        });
        lists.forEach((key, items) -> items.forEach(item -> {
            FactRow row = new FactRow();
            item.forEach(row::with);
            out.row(key, row);
        }));
        flag(DEVELOPER_MODE).ifPresent(on -> out.fact("developer_mode", on));
        samples(out);
        out.skipped(skipped);
    }

    private void samples(TelemetryBuilder out) {
        OptionalDouble t = decimal("TimeIntervalSince1970");
        decimal(LEVEL).ifPresent(percent -> {
            if (percent >= 0 && percent <= 100) {
                out.sample("level/battery", Unit.RATIO, percent / 100, t);
            } else {
                out.leftOut("level/battery", Unit.RATIO, percent / 100, "no share");
            }
        });
        if (isOfTheDisk()) {
            bytes(out, "disk/free", FREE);
            bytes(out, "disk/data", "TotalDataCapacity");
            bytes(out, "disk/whole", "TotalDiskCapacity");
            out.fact("complete", freeBytes().isPresent());
        }
        t.ifPresent(seconds -> out.sample("clock/device", Unit.SECOND, seconds, t));
    }

    private void bytes(TelemetryBuilder out, String channel, String key) {
        number(key).ifPresent(bytes -> out.sample(channel, Unit.BYTE, (double) bytes));
    }
}
