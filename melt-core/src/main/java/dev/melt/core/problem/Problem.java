package dev.melt.core.problem;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong, in four parts: what it is about, what was needed, what was there, and what to do.
 *
 * <p>Reads as {@code SUBJECT: EXPECTATION, FINDING; REMEDY}, for example
 * {@code [pixel8/adb] push m.gguf: 3.8 GB needed, 2.3 GB free; free space or set workdir}. The texts may quote hostile
 * input; control characters are replaced when the message is made.
 */
public record Problem(String subject, String expectation, String finding, String remedy) {
    public Problem {
        requireNonNull(subject, "subject");
        requireNonNull(expectation, "expectation");
        requireNonNull(finding, "finding");
        requireNonNull(remedy, "remedy");
    }

    /** The whole as one line that is safe to show on a terminal. */
    public String message() {
        return PlainText.oneLine(subject + ": " + expectation + ", " + finding + "; " + remedy);
    }
}
