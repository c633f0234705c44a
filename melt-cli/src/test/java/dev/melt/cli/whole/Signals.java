package dev.melt.cli.whole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** Sends signals to one process each, by its id. */
final class Signals {
    private Signals() {}

    static void send(String signal, long pid) {
        if (pid <= 1) {
            throw new IllegalArgumentException("not a process of a test: " + pid);
        }
        try {
            // the shell's own kill, which is the same everywhere
            Process kill =
                    new ProcessBuilder("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, Long.toString(pid)).start();
            kill.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
