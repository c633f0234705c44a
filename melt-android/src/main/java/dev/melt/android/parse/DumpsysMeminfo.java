package dev.melt.android.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code dumpsys meminfo PROCESS}. Making the dump takes up to half a second and stops the process: it is no source for the
 * time of a measurement.
 */
public record DumpsysMeminfo(List<ProcessMemory> processes, long skipped) implements TelemetryRecord {
    private static final Pattern HEADING = Pattern.compile("\\*\\* MEMINFO in pid (\\d{1,9}) \\[(.*)\\] \\*\\*.*");
    private static final Pattern PREAMBLE = Pattern.compile("Applications .*|Uptime: .*");
    private static final Pattern NAMELESS =
            Pattern.compile("\\s*(?:TOTAL\\s+\\d.*|App Summary|Pss\\s+Private\\s+.*|Native Heap\\s+\\d.*)");

    public DumpsysMeminfo {
        processes = List.copyOf(processes);
    }

    /**
     * Reads the dump, of one process or of several.
     *
     * @throws UnknownOutputException for anything else, and for a dump that breaks off before the last total
     */
    public static DumpsysMeminfo read(SourceText text) throws UnknownOutputException {
        List<MemoryTable> tables = new ArrayList<>();
        long skipped = 0;
        for (String line : text.lines()) {
            Matcher heading = HEADING.matcher(line.strip());
            if (heading.matches()) {
                tables.add(new MemoryTable(
                        OptionalLong.of(Long.parseLong(heading.group(1))), Optional.of(heading.group(2))));
            } else if (!tables.isEmpty()) {
                tables.get(tables.size() - 1).take(line);
            } else if (NAMELESS.matcher(line).matches()) {
                tables.add(new MemoryTable(OptionalLong.empty(), Optional.empty()));
                tables.get(0).take(line);
            } else if (!line.isBlank() && !PREAMBLE.matcher(line).matches()) {
                skipped++;
            }
        }
        if (tables.isEmpty()) {
            throw text.unlike("'** MEMINFO in pid N [PROCESS] **'");
        }
        if (!text.ended() || !tables.stream().allMatch(MemoryTable::whole)) {
            throw text.cutOff("a TOTAL for each process");
        }
        return new DumpsysMeminfo(
                tables.stream().map(MemoryTable::memory).toList(),
                skipped + tables.stream().mapToLong(MemoryTable::skipped).sum());
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        for (ProcessMemory process : processes) {
            String suffix = processes.size() > 1 && process.pid().isPresent()
                    ? "@" + process.pid().getAsLong()
                    : "";
            process.writeTo(out, suffix);
        }
        out.skipped(skipped);
    }
}
