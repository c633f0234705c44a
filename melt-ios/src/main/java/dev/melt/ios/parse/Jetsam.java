package dev.melt.ios.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import dev.melt.core.telemetry.Unit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Processes that a phone ended because memory was short: a report {@code JetsamEvent-*.ips}, or lines of its log. A log without
 * any is a good one.
 *
 * @param report what else a report tells; empty of a log
 */
public record Jetsam(List<Victim> victims, Optional<JetsamReport> report, long skipped) implements TelemetryRecord {
    public Jetsam {
        victims = List.copyOf(victims);
        requireNonNull(report, "report");
    }

    /**
     * A process that was ended.
     *
     * @param reason in the phone's words: {@code per-process-limit}, {@code vm-pageshortage}, ...
     * @param pages that it held, where it is told so
     * @param bytes that it held
     * @param limit in bytes, where it was its own that it went over
     * @param limitKind whether that was one for an app in front, and whether it ends the app
     * @param seconds since 1970 for a report, since the phone started for a line of the kernel
     */
    public record Victim(
            OptionalLong pid,
            String name,
            Optional<String> reason,
            OptionalLong pages,
            OptionalLong bytes,
            OptionalLong limit,
            Optional<String> limitKind,
            OptionalDouble seconds) {
        public Victim {
            requireNonNull(pid, "pid");
            requireNonNull(name, "name");
            requireNonNull(reason, "reason");
            requireNonNull(pages, "pages");
            requireNonNull(bytes, "bytes");
            requireNonNull(limit, "limit");
            requireNonNull(limitKind, "limitKind");
            requireNonNull(seconds, "seconds");
        }

        /** In one line. */
        public String words() {
            return "iOS ended " + name
                    + (pid.isPresent() ? " (pid " + pid.getAsLong() + ")" : "")
                    + (bytes.isPresent() ? ", which had " + bytes.getAsLong() + " B in memory" : "")
                    + (limit.isPresent() ? " and may have " + limit.getAsLong() + " B" : "")
                    + reason.map(why -> ": " + why).orElse("");
        }

        private void writeTo(TelemetryBuilder out) {
            out.row(
                    "victims",
                    new FactRow()
                            .with("pid", pid)
                            .with("name", name)
                            .with("reason", reason)
                            .with("pages", pages)
                            .with("bytes", bytes)
                            .with("limit_B", limit)
                            .with("limit_kind", limitKind));
            bytes.ifPresent(value -> out.sample("killed_footprint/" + name, Unit.BYTE, (double) value, seconds));
            limit.ifPresent(value -> out.sample("memory_limit/" + name, Unit.BYTE, (double) value, seconds));
        }
    }

    /**
     * Reads a report or a log.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off where it tells of a death
     */
    public static Jetsam read(String text) throws UnknownOutputException {
        return read(ConsoleFormat.plain(text));
    }

    /**
     * Reads a report or a log.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off where it tells of a death
     */
    public static Jetsam read(SourceText text) throws UnknownOutputException {
        return JetsamReport.isIn(text) ? JetsamReport.read(text) : JetsamLog.read(text);
    }

    /** Those with this name. A log and a report may cut a name off after 32 letters. */
    public List<Victim> named(String process) {
        return victims.stream()
                .filter(victim -> victim.name().equals(process)
                        || (victim.name().length() >= 16 && process.startsWith(victim.name())))
                .toList();
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        out.fact("deaths", victims.size());
        victims.forEach(victim -> victim.writeTo(out));
        report.ifPresent(all -> all.writeTo(out));
        out.skipped(skipped);
    }
}
