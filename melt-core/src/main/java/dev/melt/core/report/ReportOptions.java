package dev.melt.core.report;

import static java.util.Objects.requireNonNull;

/**
 * What a person may choose about any report.
 *
 * @param pseudonyms stand in for serial numbers and addresses; {@link Pseudonyms#NONE} shows them
 * @param overwrite whether files that are there already are replaced
 */
public record ReportOptions(Pseudonyms pseudonyms, boolean overwrite) {
    public ReportOptions {
        requireNonNull(pseudonyms, "pseudonyms");
    }
}
