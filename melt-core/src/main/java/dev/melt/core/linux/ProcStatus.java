package dev.melt.core.linux;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import dev.melt.core.telemetry.Unit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code /proc/PID/status}: one process. Its resident set knows nothing of buffers that a GPU driver holds for it, and pages
 * of a mapped model come and go: {@code RssAnon} and {@code RssFile} are kept apart.
 *
 * @param bytes sizes by the kernel's key; {@code VmHWM} is the largest resident set so far
 */
public record ProcStatus(
        Optional<String> name,
        Optional<String> state,
        OptionalLong pid,
        OptionalLong threads,
        Map<String, Long> bytes,
        long skipped)
        implements TelemetryRecord {
    public ProcStatus {
        bytes = Collections.unmodifiableMap(new LinkedHashMap<>(bytes));
    }

    /**
     * Reads the file's text.
     *
     * @throws UnknownOutputException for anything else, for one that breaks off, and for a process without memory of its own
     */
    public static ProcStatus read(SourceText text) throws UnknownOutputException {
        if (!text.has(line -> line.startsWith("Name:") || line.startsWith("VmRSS:"))) {
            throw text.unlike("Name: or VmRSS: of /proc/PID/status");
        }
        ProcFields fields = ProcFields.read(text, line -> false, ProcStatus::isSize);
        if (fields.size("VmRSS").isEmpty() && fields.size("VmHWM").isEmpty()) {
            throw text.cutOff("VmRSS: or VmHWM: of a process with memory of its own");
        }
        OptionalLong threads = fields.number("Threads");
        boolean damaged = threads.isEmpty() && fields.word("Threads").isPresent();
        return new ProcStatus(
                fields.word("Name"),
                fields.word("State"),
                fields.number("Pid"),
                threads,
                fields.bytes(),
                fields.skipped() + (damaged ? 1 : 0));
    }

    private static boolean isSize(String key) {
        return key.startsWith("Vm") || key.startsWith("Rss") || key.startsWith("Hugetlb");
    }

    /** The largest resident set so far. */
    public OptionalLong peakBytes() {
        return size("VmHWM");
    }

    /** Bytes under a key of the kernel. */
    public OptionalLong size(String key) {
        Long size = bytes.get(key);
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        name.ifPresent(word -> out.fact("name", word));
        state.ifPresent(word -> out.fact("state", word));
        pid.ifPresent(number -> out.fact("pid", number));
        threads.ifPresent(number -> out.fact("threads", number));
        bytes.forEach((key, size) -> out.sample("memory/" + key, Unit.BYTE, size));
        out.skipped(skipped);
    }
}
