package dev.melt.core.run;

import dev.melt.core.outcome.Outcome;

/**
 * What came of a trial and why.
 *
 * @param cause in words with the evidence; empty for {@link Outcome#OK}
 */
record Verdict(Outcome outcome, String cause) {
    static final Verdict OK = new Verdict(Outcome.OK, "");
}
