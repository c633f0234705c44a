package dev.melt.core.binary;

/** A file contradicts itself or its size. Becomes a {@link FileContent.Damaged}; never leaves the package. */
final class DamagedFileException extends Exception {
    private static final long serialVersionUID = 1;

    DamagedFileException(String reason) {
        super(reason);
    }
}
