package dev.melt.android.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.telemetry.Unit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One process in {@code dumpsys meminfo}.
 *
 * @param rows of the table, whole rows in the order of the dump
 * @param summary bytes of the summary below it, by its words; {@code Rss} follows where it is the second column
 */
public record ProcessMemory(
        OptionalLong pid, Optional<String> process, List<MemoryRow> rows, Map<String, Long> summary) {
    private static final String GRAPHICS = "Graphics";

    public ProcessMemory {
        requireNonNull(pid, "pid");
        requireNonNull(process, "process");
        rows = List.copyOf(rows);
        summary = Collections.unmodifiableMap(new LinkedHashMap<>(summary));
    }

    /** Bytes of the whole process, shared ones in part; with those that a GPU driver says it holds. */
    public OptionalLong totalPss() {
        return first("TOTAL PSS", "TOTAL", "Pss Total");
    }

    public OptionalLong totalRss() {
        return first("TOTAL RSS", "TOTAL", "Rss Total");
    }

    /** Empty where the kernel does not share swapped pages out; {@code TOTAL SWAP} is there then. */
    public OptionalLong totalSwapPss() {
        return bytes("TOTAL SWAP PSS");
    }

    /** What the GPU driver holds for it; 0 also where the driver does not tell. */
    public OptionalLong graphics() {
        return bytes(GRAPHICS);
    }

    private OptionalLong bytes(String key) {
        Long bytes = summary.get(key);
        return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    private OptionalLong first(String summaryKey, String row, String column) {
        OptionalLong summed = bytes(summaryKey);
        return summed.isPresent()
                ? summed
                : rows.stream()
                        .filter(r -> r.name().equals(row) && r.bytes().containsKey(column))
                        .mapToLong(r -> r.bytes().get(column))
                        .findFirst();
    }

    /** @param suffix what tells this process from others in the same dump */
    void writeTo(TelemetryBuilder out, String suffix) {
        process.ifPresent(name -> out.fact("process" + suffix, name));
        pid.ifPresent(number -> out.fact("pid" + suffix, number));
        graphics().ifPresent(bytes -> out.fact("graphics_reported" + suffix, bytes > 0));
        for (MemoryRow row : rows) {
            row.bytes()
                    .forEach((column, bytes) ->
                            out.sample("memory/" + row.name() + " " + column + suffix, Unit.BYTE, bytes));
        }
        summary.forEach((key, bytes) -> out.sample("memory/summary " + key + suffix, Unit.BYTE, bytes));
    }
}
