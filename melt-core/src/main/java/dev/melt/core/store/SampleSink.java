package dev.melt.core.store;

/** Takes a stream of samples, channel after channel. Called on the thread that asked for the stream. */
public interface SampleSink {
    /** The samples that follow are of this channel. */
    void channel(StoredChannel channel);

    /**
     * One reading of the channel that was announced last.
     *
     * @param atNanos boot-clock time, increasing within a channel
     * @param value in the channel's unit
     */
    void sample(long atNanos, double value);
}
