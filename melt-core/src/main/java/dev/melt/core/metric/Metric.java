package dev.melt.core.metric;

import static java.util.Objects.requireNonNull;

import dev.melt.core.telemetry.Unit;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One named figure. Declared once in {@link Metrics#ALL}; computation, tables, exports and documents walk that list.
 *
 * @param id stored and shown; a figure that exists once per site carries the site behind a slash
 * @param formula names the way of computing it
 * @param formulaVersion grows when the same evidence would give another value
 * @param pooling how the turns' figures become the trial's
 * @param needs evidence without which there is no value
 * @param definition one line for people
 */
public record Metric(
        String id,
        Unit unit,
        Direction better,
        String formula,
        int formulaVersion,
        Scope scope,
        Pooling pooling,
        Set<Evidence> needs,
        String definition) {
    public Metric {
        requireNonNull(unit, "unit");
        requireNonNull(better, "better");
        requireNonNull(formula, "formula");
        requireNonNull(scope, "scope");
        requireNonNull(pooling, "pooling");
        requireNonNull(definition, "definition");
        needs = Set.copyOf(needs);
        if (!id.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("a metric's id is of lower-case letters, digits and _, was " + id);
        }
        if (formulaVersion < 1) {
            throw new IllegalArgumentException(id + ": formula versions start at 1");
        }
        if (scope != Scope.TURN && !(pooling instanceof Pooling.None)) {
            throw new IllegalArgumentException(id + ": only figures of turns can be pooled");
        }
    }

    /** Whether a value is of this metric, at whatever site. */
    public boolean matches(MetricValue value) {
        return value.metric().equals(id) || value.metric().startsWith(id + "/");
    }

    /** A value of this for a turn. */
    public MetricValue ofTurn(int turn, double value, String source) {
        return value("", OptionalInt.of(turn), value, source);
    }

    /** A value of this for the whole trial. */
    public MetricValue ofTrial(double value, String source) {
        return value("", OptionalInt.empty(), value, source);
    }

    /** A value of this for the whole trial at one site. */
    public MetricValue ofTrialAt(String site, double value, String source) {
        return value("/" + site, OptionalInt.empty(), value, source);
    }

    /** The same with its standard error. */
    public MetricValue ofTrialAt(String site, double value, OptionalDouble standardError, String source) {
        return new MetricValue(
                id + "/" + site,
                formulaVersion,
                OptionalInt.empty(),
                value,
                unit,
                source,
                standardError,
                Optional.empty());
    }

    /** A value of this for the whole trial at one site, with what is known of its error. */
    MetricValue ofTrialAt(String site, Measured measured) {
        return new MetricValue(
                id + "/" + site,
                formulaVersion,
                OptionalInt.empty(),
                measured.value(),
                unit,
                measured.source(),
                measured.uncertainty(),
                measured.grade());
    }

    /** The same figure with what is known of its error. */
    MetricValue measured(OptionalInt turn, Measured measured) {
        return new MetricValue(
                id,
                formulaVersion,
                turn,
                measured.value(),
                unit,
                measured.source(),
                measured.uncertainty(),
                measured.grade());
    }

    private MetricValue value(String suffix, OptionalInt turn, double value, String source) {
        return new MetricValue(
                id + suffix, formulaVersion, turn, value, unit, source, OptionalDouble.empty(), Optional.empty());
    }
}
