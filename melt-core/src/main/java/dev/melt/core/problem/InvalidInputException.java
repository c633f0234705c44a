package dev.melt.core.problem;

/** Something that a person gave cannot be used. Thrown before anything is touched on a device; exit code 2. */
public final class InvalidInputException extends RuntimeException {
    private final transient Problem problem;

    public InvalidInputException(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    public InvalidInputException(Problem problem, Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    public InvalidInputException(String subject, String expectation, String finding, String remedy) {
        this(new Problem(subject, expectation, finding, remedy));
    }

    public Problem problem() {
        return problem;
    }
}
