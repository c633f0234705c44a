package dev.melt.core.model.pull;

import dev.melt.core.problem.Problem;
import org.jspecify.annotations.Nullable;

/** The network or the server did not let a file come through in time. What came so far is kept; try again later. */
public final class PullFailedException extends RuntimeException {
    private final transient Problem problem;

    PullFailedException(Problem problem, @Nullable Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
