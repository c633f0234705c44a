package dev.melt.jetson.ssh;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Everything that a failure says. */
final class Texts {
    private Texts() {}

    /** Its messages and those of all that caused it. */
    static String of(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
