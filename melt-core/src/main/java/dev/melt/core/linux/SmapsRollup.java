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
import java.util.regex.Pattern;

/**
 * {@code /proc/PID/smaps_rollup}: how much of one process's memory is its own and how much it shares.
 *
 * @param bytes sizes by the kernel's key
 */
public record SmapsRollup(Map<String, Long> bytes, long skipped) implements TelemetryRecord {
    private static final Pattern MAPPING = Pattern.compile("[0-9a-f]{1,16}-[0-9a-f]{1,16} .*");
    private static final String HEADING = "[rollup]";

    public SmapsRollup {
        bytes = Collections.unmodifiableMap(new LinkedHashMap<>(bytes));
    }

    /**
     * Reads the file's text.
     *
     * @throws UnknownOutputException for anything else, such as the long {@code smaps}, and for one that breaks off
     */
    public static SmapsRollup read(SourceText text) throws UnknownOutputException {
        boolean other = text.has(line -> MAPPING.matcher(line).matches() && !line.endsWith(HEADING));
        if (other || !text.has(line -> line.startsWith("Rss:") || line.startsWith("Pss:"))) {
            throw text.unlike("[rollup] with Rss: and Pss: of /proc/PID/smaps_rollup");
        }
        ProcFields fields = ProcFields.read(text, line -> line.endsWith(HEADING), key -> true);
        if (fields.bytes().size() < 2) {
            throw text.cutOff("Rss: and Pss:");
        }
        return new SmapsRollup(fields.bytes(), fields.skipped());
    }

    /** What would be free if the process ended. */
    public OptionalLong uniqueBytes() {
        Long clean = bytes.get("Private_Clean");
        Long dirty = bytes.get("Private_Dirty");
        return clean == null || dirty == null ? OptionalLong.empty() : OptionalLong.of(clean + dirty);
    }

    /** Bytes under a key of the kernel. */
    public OptionalLong size(String key) {
        Long size = bytes.get(key);
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        bytes.forEach((key, size) -> out.sample("memory/" + key, Unit.BYTE, size));
        uniqueBytes().ifPresent(size -> out.sample("memory/Uss", Unit.BYTE, (double) size));
        out.skipped(skipped);
    }
}
