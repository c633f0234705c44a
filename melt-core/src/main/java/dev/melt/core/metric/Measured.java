package dev.melt.core.metric;

import java.util.Optional;
import java.util.OptionalDouble;

/** A value with what it rests on and how far it may be off. */
record Measured(double value, String source, OptionalDouble uncertainty, Optional<String> grade) {
    /** The same divided by an exact number. */
    Measured per(double divisor) {
        OptionalDouble scaled =
                uncertainty.isPresent() ? OptionalDouble.of(uncertainty.getAsDouble() / divisor) : uncertainty;
        return new Measured(value / divisor, source, scaled, grade);
    }
}
