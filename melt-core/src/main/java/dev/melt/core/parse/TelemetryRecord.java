package dev.melt.core.parse;

/** What a reader made of one source's text: a typed fact of the domain that can also be written as facts and samples. */
public interface TelemetryRecord {
    void writeTo(TelemetryBuilder out);
}
