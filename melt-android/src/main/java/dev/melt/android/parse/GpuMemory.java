package dev.melt.android.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import dev.melt.core.telemetry.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code dumpsys gpu --gpumem}: what GPU drivers hold, where weights on the GPU are that no resident set shows. */
public record GpuMemory(List<Holding> holdings, long skipped) implements TelemetryRecord {
    private static final Pattern GPU = Pattern.compile("\\s*Memory snapshot for GPU (\\d{1,3}):\\s*");
    private static final Pattern TOTAL =
            Pattern.compile("\\s*(?:Global|Proc (\\d{1,9})) total: (?:(\\d{1,18})|N/A)\\s*");

    public GpuMemory {
        holdings = List.copyOf(holdings);
    }

    /**
     * Bytes.
     *
     * @param pid whose; empty for all together
     */
    public record Holding(int gpu, OptionalLong pid, long bytes) {}

    /**
     * Reads the dump.
     *
     * @throws UnknownOutputException for anything else, and for a dump that breaks off
     */
    public static GpuMemory read(SourceText text) throws UnknownOutputException {
        if (!text.has(line -> GPU.matcher(line).matches())) {
            throw text.unlike("'Memory snapshot for GPU N:'");
        }
        List<Holding> holdings = new ArrayList<>();
        long skipped = 0;
        int gpu = 0;
        for (String line : text.lines()) {
            Matcher heading = GPU.matcher(line);
            Matcher total = TOTAL.matcher(line);
            if (heading.matches()) {
                gpu = Integer.parseInt(heading.group(1));
            } else if (total.matches()) {
                OptionalLong pid =
                        total.group(1) == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(total.group(1)));
                if (total.group(2) != null) {
                    holdings.add(new Holding(gpu, pid, Long.parseLong(total.group(2))));
                }
            } else if (!line.isBlank() && !line.contains("imported")) {
                skipped++;
            }
        }
        if (!text.ended() || (holdings.isEmpty() && !text.has(line -> line.contains("N/A")))) {
            throw text.cutOff("'Global total:'");
        }
        return new GpuMemory(holdings, skipped);
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        for (Holding holding : holdings) {
            String whose = holding.pid().isPresent() ? "pid-" + holding.pid().getAsLong() : "global";
            out.sample("memory/gpu" + holding.gpu() + " " + whose, Unit.BYTE, (double) holding.bytes());
        }
        out.skipped(skipped);
    }
}
