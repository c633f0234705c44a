package dev.melt.core.device;

import static java.util.Objects.requireNonNull;

import dev.melt.core.problem.PlainText;
import java.time.Duration;

/** What a command on a device answered. A non-zero exit code is an answer, not an exception. */
public record ExecResult(int exitCode, String stdout, String stderr, Duration elapsed) {
    public ExecResult {
        requireNonNull(stdout, "stdout");
        requireNonNull(stderr, "stderr");
        requireNonNull(elapsed, "elapsed");
    }

    public boolean succeeded() {
        return exitCode == 0;
    }

    /** Everything that it said, complaints first, in one line for people. */
    public String words() {
        return PlainText.oneLine((stderr.strip() + " " + stdout.strip()).strip());
    }
}
