package dev.melt.virtual.machine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code /proc/meminfo} shows; its text has always the same length, since it lies in a file that cannot be replaced.
 *
 * @param totalKilobytes of the device
 * @param swapKilobytes of its swap, which is empty
 * @param systemShare of the memory that is taken before anything runs, 0 to 1
 * @param more lines of this kind of device, which do not change
 */
public record Meminfo(long totalKilobytes, long swapKilobytes, double systemShare, List<Line> more) {
    /** A line of its own. */
    public record Line(String name, long kilobytes) {}

    public Meminfo {
        more = List.copyOf(more);
    }

    /** What is left for programs, when the processes hold so many bytes. */
    public long availableKilobytes(long residentBytes) {
        return Math.max(totalKilobytes / 50, totalKilobytes - system() - residentBytes / 1024);
    }

    /** The whole file. */
    public String text(long residentBytes) {
        long free = availableKilobytes(residentBytes);
        long used = totalKilobytes - system() - free;
        Map<String, Long> lines = new LinkedHashMap<>();
        lines.put("MemTotal", totalKilobytes);
        lines.put("MemFree", free / 3);
        lines.put("MemAvailable", free);
        lines.put("Buffers", 4096L);
        lines.put("Cached", free - free / 3);
        lines.put("SwapCached", 0L);
        lines.put("AnonPages", Math.max(0, used) + system() / 2);
        lines.put("SwapTotal", swapKilobytes);
        lines.put("SwapFree", swapKilobytes);
        more.forEach(line -> lines.put(line.name(), line.kilobytes()));
        StringBuilder text = new StringBuilder();
        lines.forEach(
                (name, kilobytes) -> text.append(String.format(Locale.ROOT, "%-15s %8d kB%n", name + ":", kilobytes)));
        return text.toString();
    }

    private long system() {
        return (long) (totalKilobytes * systemShare);
    }
}
