package dev.melt.core.file;

/** Is told how far a long job on a file has come; called often, from the thread that does the job, so be quick. */
@FunctionalInterface
public interface ByteProgress {
    /** Tells nobody. */
    ByteProgress NONE = (done, total) -> {};

    /** So many bytes are done; {@code totalBytes} is 0 while it is not known. */
    void at(long doneBytes, long totalBytes);
}
