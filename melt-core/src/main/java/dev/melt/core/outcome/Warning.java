package dev.melt.core.outcome;

import static java.util.Objects.requireNonNull;

/**
 * A validity that was found to be broken.
 *
 * @param evidence the reading that shows it, such as {@code "2.3 s without a sample at 14.1 s"}
 */
public record Warning(Validity validity, String evidence) {
    public Warning {
        requireNonNull(validity, "validity");
        requireNonNull(evidence, "evidence");
    }
}
