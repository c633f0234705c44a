package dev.melt.ios.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.telemetry.Unit;
import dev.melt.ios.parse.Jetsam.Victim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a report {@code JetsamEvent-*.ips} tells beside its victims.
 *
 * @param largest the process that held most, which is most often not the one that was ended
 * @param pageSize in bytes
 * @param memory bytes of the phone's memory by what they are used for
 * @param processes how many ran
 * @param seconds since 1970
 */
public record JetsamReport(
        Optional<String> os,
        Optional<String> product,
        Optional<String> timestamp,
        Optional<String> largest,
        OptionalLong pageSize,
        SortedMap<String, Long> memory,
        int processes,
        OptionalDouble seconds) {
    private static final String JETSAM = "298";

    public JetsamReport {
        requireNonNull(os, "os");
        requireNonNull(product, "product");
        requireNonNull(timestamp, "timestamp");
        requireNonNull(largest, "largest");
        requireNonNull(pageSize, "pageSize");
        memory = Collections.unmodifiableSortedMap(new TreeMap<>(memory));
        requireNonNull(seconds, "seconds");
    }

    static boolean isIn(SourceText text) {
        return text.has(line -> line.startsWith("{") && line.contains("\"bug_type\""));
    }

    static Jetsam read(SourceText text) throws UnknownOutputException {
        IpsReport ips = IpsReport.read(text, JETSAM);
        PropertyTree body = ips.body();
        PropertyTree status = body.child("memoryStatus").orElse(PropertyTree.EMPTY);
        OptionalLong pageSize = status.whole("pageSize");
        List<Victim> victims = new ArrayList<>();
        Object processes = body.value("processes").orElse(List.of());
        int count = 0;
        if (processes instanceof List<?> items) {
            count = items.size();
            for (Object item : items) {
                victim(PropertyTree.of(item).orElse(PropertyTree.EMPTY), pageSize, ips.seconds())
                        .ifPresent(victims::add);
            }
        }
        JetsamReport report = new JetsamReport(
                ips.header().text("os_version").or(() -> body.text("build")),
                body.text("product"),
                ips.header().text("timestamp"),
                body.text("largestProcess"),
                pageSize,
                memory(status, pageSize),
                count,
                ips.seconds());
        return new Jetsam(victims, Optional.of(report), ips.skipped());
    }

    private static Optional<Victim> victim(PropertyTree process, OptionalLong pageSize, OptionalDouble seconds) {
        OptionalLong pages = process.whole("rpages");
        return process.text("reason")
                .map(reason -> new Victim(
                        process.whole("pid"),
                        process.text("name").orElse("unknown"),
                        Optional.of(reason),
                        pages,
                        bytes(pages, pageSize),
                        OptionalLong.empty(),
                        Optional.empty(),
                        seconds));
    }

    private static OptionalLong bytes(OptionalLong pages, OptionalLong pageSize) {
        boolean known = pages.isPresent()
                && pageSize.isPresent()
                && pages.getAsLong() >= 0
                && pages.getAsLong() < 1L << 40
                && pageSize.getAsLong() > 0
                && pageSize.getAsLong() <= 1 << 20;
        return known ? OptionalLong.of(pages.getAsLong() * pageSize.getAsLong()) : OptionalLong.empty();
    }

    private static SortedMap<String, Long> memory(PropertyTree status, OptionalLong pageSize) {
        SortedMap<String, Long> memory = new TreeMap<>();
        PropertyTree pages = status.child("memoryPages").orElse(PropertyTree.EMPTY);
        pages.values().keySet().forEach(key -> bytes(pages.whole(key), pageSize).ifPresent(b -> memory.put(key, b)));
        bytes(status.whole("compressorSize"), pageSize).ifPresent(b -> memory.put("compressor", b));
        return memory;
    }

    void writeTo(TelemetryBuilder out) {
        os.ifPresent(word -> out.fact("os", word));
        product.ifPresent(word -> out.fact("product", word));
        timestamp.ifPresent(word -> out.fact("timestamp", word));
        largest.ifPresent(word -> out.fact("largest_process", word));
        pageSize.ifPresent(bytes -> out.fact("page_size_B", bytes));
        out.fact("processes", processes);
        memory.forEach((key, bytes) -> out.sample("memory/" + key, Unit.BYTE, (double) bytes, seconds));
    }
}
