package dev.melt.core.linux;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.log.LogClock;
import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import dev.melt.core.telemetry.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The table of {@code nvidia-smi --query-gpu=... --format=csv}, once or again and again, of one GPU or of several. */
public final class NvidiaSmi implements TelemetryRecord {
    private final List<SmiRow> rows;
    private final boolean guessed;
    private final long skipped;
    private final boolean several;

    NvidiaSmi(List<SmiRow> rows, boolean guessed, long skipped) {
        this.rows = List.copyOf(rows);
        this.guessed = guessed;
        this.skipped = skipped;
        this.several =
                rows.stream().flatMap(row -> row.gpu().stream()).distinct().count() > 1;
    }

    /**
     * Reads any columns, with units in their cells or without. A last row that is cut off is skipped.
     *
     * @throws UnknownOutputException for anything else, and for a table without a whole row
     */
    public static NvidiaSmi read(SourceText text) throws UnknownOutputException {
        SmiTable table = new SmiTable();
        table.take(text);
        if (!table.known()) {
            throw text.unlike("columns such as 'timestamp, power.draw [W]' of nvidia-smi --query-gpu");
        }
        if (!table.any()) {
            throw text.cutOff("a whole row below the columns of nvidia-smi");
        }
        return table.table();
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        LogClock clock = new LogClock();
        Set<ThrottleReason> seen = seen();
        for (SmiRow row : rows) {
            OptionalDouble t = clock.seconds(row.stamp());
            String gpu = several ? row.gpu().map(id -> "@" + id).orElse("") : "";
            row.readings()
                    .forEach(figure -> out.sample(
                            figure.quantity() + "/" + figure.site() + gpu, figure.unit(), figure.value(), t));
            reasons(out, row, seen, gpu, t);
        }
        out.fact("rows", rows.size());
        if (guessed) {
            out.fact("columns", "told by the form of their cells");
        }
        masks(out);
        words(out);
        absent(out);
        out.skipped(skipped);
    }

    private Set<ThrottleReason> seen() {
        return rows.stream()
                .flatMap(row -> row.reasons().stream().boxed())
                .flatMap(mask -> ThrottleReason.of(mask).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void reasons(
            TelemetryBuilder out, SmiRow row, Set<ThrottleReason> seen, String gpu, OptionalDouble t) {
        if (row.reasons().isEmpty()) {
            return;
        }
        List<ThrottleReason> active = ThrottleReason.of(row.reasons().getAsLong());
        boolean throttled = active.stream().anyMatch(ThrottleReason::isThrottling);
        out.sample("throttled/gpu" + gpu, Unit.RATIO, throttled ? 1 : 0, t);
        for (ThrottleReason reason : seen) {
            out.sample("throttle/" + reason.word() + gpu, Unit.RATIO, active.contains(reason) ? 1 : 0, t);
        }
    }

    private void masks(TelemetryBuilder out) {
        Map<Long, Long> times = new TreeMap<>();
        rows.forEach(row -> row.reasons().ifPresent(mask -> times.merge(mask, 1L, Long::sum)));
        times.forEach((mask, count) -> {
            List<ThrottleReason> reasons = ThrottleReason.of(mask);
            String words = reasons.stream().map(ThrottleReason::word).collect(Collectors.joining(" "));
            out.row(
                    "clocks_event_reasons",
                    new FactRow()
                            .with("mask", "0x" + Long.toHexString(mask))
                            .with("reasons", words)
                            .with("rows", count));
        });
    }

    /** What all rows of a GPU have in common. */
    private void words(TelemetryBuilder out) {
        Map<Optional<String>, List<SmiRow>> gpus = new LinkedHashMap<>();
        rows.forEach(row -> gpus.computeIfAbsent(several ? row.gpu() : Optional.empty(), gpu -> new ArrayList<>())
                .add(row));
        for (List<SmiRow> same : gpus.values()) {
            FactRow gpu = new FactRow();
            for (Map.Entry<String, String> word : same.get(0).words().entrySet()) {
                boolean constant = same.stream()
                        .allMatch(row -> word.getValue().equals(row.words().get(word.getKey())));
                if (constant && several) {
                    gpu.with(word.getKey(), word.getValue());
                } else if (constant) {
                    out.fact(word.getKey(), word.getValue());
                }
            }
            if (several) {
                out.row("gpus", gpu);
            }
        }
    }

    private void absent(TelemetryBuilder out) {
        Map<String, Long> times = new TreeMap<>();
        rows.forEach(row -> row.absent().forEach((column, said) -> times.merge(column + "\t" + said, 1L, Long::sum)));
        times.forEach((what, count) -> {
            String[] parts = what.split("\t", 2);
            out.row(
                    "absent",
                    new FactRow()
                            .with("column", parts[0])
                            .with("said", parts[1])
                            .with("rows", count));
        });
    }
}
