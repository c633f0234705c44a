package dev.melt.core.parse;

/** What a saved file came to. */
public sealed interface Parsed permits ParsedRun, ParsedTelemetry {
    /** The form that it was read as. */
    String kind();

    /** Lines that could not be read and were left out. */
    long skipped();
}
