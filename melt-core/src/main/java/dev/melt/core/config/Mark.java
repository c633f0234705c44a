package dev.melt.core.config;

/** A place in a text file; lines and columns count from 1, columns in characters. */
public record Mark(int line, int column) {
    /** Where a file begins: the place of a fault that concerns the whole file. */
    public static final Mark START = new Mark(1, 1);

    public Mark {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("lines and columns count from 1, was " + line + ":" + column);
        }
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
