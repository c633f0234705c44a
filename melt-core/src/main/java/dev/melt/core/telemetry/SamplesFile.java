package dev.melt.core.telemetry;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an agent sampled: the content of a {@code samples.tsv}, in SI units. The file may be cut at any byte, and what is
 * damaged in it is left out and counted.
 *
 * @param series one for each channel, also those of which no reading succeeded; then power derived from them
 * @param damagedLines lines that had no time, a time that did not increase, or too many or too few cells
 * @param damagedCells cells that held something else than their column's numbers
 * @param cut whether the last line was not whole, as after a kill
 * @param notes what the agent said of itself, such as which clock it used
 */
public record SamplesFile(
        List<Series> series,
        SamplingQuality quality,
        long damagedLines,
        long damagedCells,
        boolean cut,
        List<String> notes) {
    public SamplesFile {
        series = List.copyOf(series);
        notes = List.copyOf(notes);
    }

    /**
     * Reads a file.
     *
     * @throws UnreadableSamplesException when its head is not one that an agent writes
     * @throws UncheckedIOException when it cannot be read
     */
    public static SamplesFile read(Path file) {
        // Latin-1: every byte is a character, so that damage cannot stop the reading
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            return read(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same from an open reader, which is not closed. */
    public static SamplesFile read(Reader reader) throws IOException {
        return new Parser().parse(new BoundedLines(reader));
    }

    /** The series of the channel with this {@code quantity/site} name. */
    public Optional<Series> named(String channelName) {
        return series.stream()
                .filter(s -> s.channel().name().equals(channelName))
                .findFirst();
    }

    private static final class Parser {
        private final SamplesHeader header = new SamplesHeader();
        private final List<ColumnValues> columns = new ArrayList<>();
        private final SamplingQuality.Builder quality = new SamplingQuality.Builder();
        private long lastAt = -1;
        private long damagedLines;
        private long damagedCells;

        SamplesFile parse(BoundedLines lines) throws IOException {
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (line.get().startsWith("#")) {
                    header.take(line.get());
                } else if (!row(line.get().split("\t", -1))) {
                    damagedLines++;
                }
            }
            requireKnown();
            grow();
            List<Series> series = new ArrayList<>();
            columns.forEach(column -> series.add(column.series()));
            series.addAll(DerivedPower.of(series));
            return new SamplesFile(
                    series,
                    quality.build(header.periodNanos()),
                    damagedLines + lines.dropped(),
                    damagedCells,
                    lines.cut(),
                    header.notes());
        }

        private void requireKnown() {
            if (!header.known()) {
                throw new UnreadableSamplesException(
                        "samples.tsv: the first line must be that of a known version", null);
            }
        }

        private void grow() {
            for (int i = columns.size(); i < header.columns().size(); i++) {
                columns.add(new ColumnValues(header.columns().get(i)));
            }
        }

        /** One tick: time, number of the tick or {@code -} outside the schedule, raw cells. */
        private boolean row(String[] cells) {
            requireKnown();
            grow();
            if (cells.length != columns.size() + 2) {
                return false;
            }
            try {
                long at = Long.parseLong(cells[0]);
                if (at <= lastAt) {
                    return false;
                }
                schedule(cells[1], at);
                lastAt = at;
            } catch (NumberFormatException damaged) {
                return false;
            }
            for (int i = 0; i < columns.size(); i++) {
                if (!columns.get(i).add(lastAt, cells[i + 2])) {
                    damagedCells++;
                }
            }
            return true;
        }

        private void schedule(String tick, long at) {
            if (tick.equals("-")) {
                quality.sample(at);
                return;
            }
            long index = Long.parseLong(tick);
            quality.tick(index, at, Math.max(0, header.originNanos()) + index * header.periodNanos());
        }
    }
}
