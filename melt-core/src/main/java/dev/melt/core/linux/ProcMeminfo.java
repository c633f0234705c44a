package dev.melt.core.linux;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import dev.melt.core.telemetry.Unit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * {@code /proc/meminfo}: the machine's memory. Phones and boards add rows of their own, such as {@code Gpu} and
 * {@code NvMapMemUsed}; all are kept under the kernel's words.
 *
 * @param bytes sizes by key, in the order of the file
 * @param pages numbers of huge pages by key
 */
public record ProcMeminfo(Map<String, Long> bytes, Map<String, Long> pages, long skipped) implements TelemetryRecord {
    public ProcMeminfo {
        bytes = Collections.unmodifiableMap(new LinkedHashMap<>(bytes));
        pages = Collections.unmodifiableMap(new LinkedHashMap<>(pages));
    }

    /**
     * Reads the file's text.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    public static ProcMeminfo read(SourceText text) throws UnknownOutputException {
        if (!text.has(line -> line.startsWith("MemTotal:"))) {
            throw text.unlike("MemTotal: of /proc/meminfo");
        }
        ProcFields fields = ProcFields.read(text, line -> false, key -> !key.startsWith("HugePages_"));
        if (fields.size("MemAvailable").isEmpty() && fields.size("Cached").isEmpty()) {
            throw text.cutOff("MemAvailable: or Cached:");
        }
        Map<String, Long> pages = new LinkedHashMap<>();
        fields.words().keySet().forEach(key -> fields.number(key).ifPresent(number -> pages.put(key, number)));
        return new ProcMeminfo(
                fields.bytes(), pages, fields.skipped() + fields.words().size() - pages.size());
    }

    /** Bytes under a key of the kernel. */
    public OptionalLong size(String key) {
        Long size = bytes.get(key);
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        bytes.forEach((key, size) -> out.sample("memory/" + key, Unit.BYTE, size));
        pages.forEach((key, number) -> out.sample("pages/" + key, Unit.RATIO, number));
        out.skipped(skipped);
    }
}
