package dev.melt.core.convert;

import dev.melt.core.problem.Problem;
import org.jspecify.annotations.Nullable;

/** The tool did not make a model. Nothing of its output is kept. */
public final class ConversionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConversionFailedException(Problem problem, @Nullable Throwable cause) {
        super(problem.message(), cause);
    }
}
