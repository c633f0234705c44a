package dev.melt.core.device;

/** Is told how far a transfer is. Called on the transferring thread; must return at once. */
@FunctionalInterface
public interface TransferListener {
    /** For those who do not look. */
    TransferListener NONE = (done, total) -> {};

    /**
     * Called after each part.
     *
     * @param done bytes on the other side, those of an earlier broken attempt included
     * @param total bytes in all
     */
    void transferred(long done, long total);
}
