package dev.melt.core.telemetry;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One thing that the agent reads at each tick, and the channels that come out of it.
 *
 * @param reader the agent's word for how it is read, such as {@code number} for the number on a file's first line
 * @param path the file on the device, empty where the reader implies it
 * @param columns what its columns in {@code samples.tsv} mean, in order
 * @param disturbs whether reading it holds the engine up, so that it is left out of trials that count
 */
public record Probe(String reader, String path, List<Column> columns, boolean disturbs) {
    public Probe {
        requireNonNull(reader, "reader");
        requireNonNull(path, "path");
        columns = List.copyOf(columns);
    }

    /** One that may be read beside an engine that is measured. */
    public Probe(String reader, String path, List<Column> columns) {
        this(reader, path, columns, false);
    }

    /**
     * One column of raw numbers.
     *
     * @param conversion how raw readings become values of the channel
     */
    public record Column(Channel channel, Conversion conversion) {
        public Column {
            requireNonNull(channel, "channel");
            requireNonNull(conversion, "conversion");
        }
    }
}
