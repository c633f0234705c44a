package dev.melt.cli.command.run;

import dev.melt.core.outcome.Outcome;
import dev.melt.core.problem.PlainText;
import dev.melt.core.run.RunProgress;
import dev.melt.core.trial.TrialRole;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Says what happens in a run: on a terminal one line that is drawn over, elsewhere plain lines for what begins and
 * ends, and one now and then while a large file is copied.
 * Used by one thread.
 */
final class ProgressLines implements RunProgress.Listener {
    private static final String CLEAR = "\r\u001b[K";

    private static final Duration REDRAWN = Duration.ofMillis(200);
    private static final Duration REPEATED = Duration.ofSeconds(10);

    private final PrintStream err;
    private final boolean interactive;
    private final PushMeter meter;
    private String current = "";

    ProgressLines(PrintStream err, boolean interactive) {
        this(err, interactive, System::nanoTime);
    }

    ProgressLines(PrintStream err, boolean interactive, LongSupplier nanoTime) {
        this.err = err;
        this.interactive = interactive;
        this.meter = new PushMeter(nanoTime, interactive ? REDRAWN : REPEATED);
    }

    @Override
    public void happened(RunProgress progress) {
        if (progress instanceof RunProgress.RunStarted started) {
            line("run " + started.run() + ": " + count(started.trials(), "trial") + " of "
                    + String.join(", ", started.cells()));
        } else if (progress instanceof RunProgress.Pushing pushing) {
            meter.line(pushing).ifPresent(this::passing);
        } else if (progress instanceof RunProgress.Waiting waiting) {
            passing("waiting for the gate, " + Durations.show(waiting.waited()) + ", at most "
                    + Durations.show(waiting.left()) + " more: " + String.join("; ", waiting.unmet()));
        } else if (progress instanceof RunProgress.Restarting restarting) {
            line("the gate did not open: " + String.join("; ", restarting.unmet())
                    + "; the device is restarted and the gate waited for once more");
        } else if (progress instanceof RunProgress.TrialStarted started) {
            current = describe(started);
            passing(current);
        } else if (progress instanceof RunProgress.TrialRunning running) {
            redraw(current + ", " + Durations.show(running.elapsed()));
        } else if (progress instanceof RunProgress.TrialFinished finished) {
            line(describe(finished));
        } else if (progress instanceof RunProgress.Prepared prepared) {
            prepared(prepared);
        } else if (progress instanceof RunProgress.Restored restored) {
            restored(restored);
        } else if (progress instanceof RunProgress.UsbPowered power) {
            passing("[" + power.device() + "] USB power " + (power.on() ? "on" : "off")
                    + (power.message().isEmpty() ? "" : ": " + power.message()));
        } else if (progress instanceof RunProgress.Link link) {
            line("[" + link.device() + "] " + link.message());
        } else if (progress instanceof RunProgress.RunFinished finished) {
            line("run " + finished.run() + " took " + Durations.show(finished.elapsed()));
        }
    }

    private void prepared(RunProgress.Prepared prepared) {
        String device = "[" + prepared.device() + "] ";
        if (!prepared.changed().isEmpty()) {
            line(device + "set for the run: " + String.join(", ", prepared.changed()));
        }
        prepared.failed().forEach(failure -> line(device + "did not take: " + failure));
    }

    private void restored(RunProgress.Restored restored) {
        String device = "[" + restored.device() + "] ";
        if (restored.settings() > 0) {
            line(device + count(restored.settings(), "setting") + " put back");
        }
        restored.left().forEach(left -> line(device + "not put back: " + left));
    }

    private static String describe(RunProgress.TrialStarted started) {
        StringBuilder line = new StringBuilder("trial ")
                .append(started.number())
                .append(" of ")
                .append(started.of())
                .append(' ')
                .append(started.cell());
        if (started.role() != TrialRole.MEASURED) {
            line.append(" (")
                    .append(started.role().name().toLowerCase(Locale.ROOT))
                    .append(')');
        }
        if (started.found()) {
            line.append(", found running");
        }
        started.temperatureCelsius().ifPresent(t -> line.append(String.format(Locale.ROOT, ", %.1f degC", t)));
        started.remaining()
                .ifPresent(left ->
                        line.append(", about ").append(Durations.show(left)).append(" left"));
        return line.toString();
    }

    private static String describe(RunProgress.TrialFinished finished) {
        StringBuilder line = new StringBuilder("trial ")
                .append(finished.number())
                .append(" of ")
                .append(finished.of())
                .append(": ")
                .append(finished.outcome());
        if (finished.outcome() != Outcome.OK) {
            line.append(", ").append(finished.cause());
        }
        trialFigure(finished, "prefill_rate", "prefill", line);
        trialFigure(finished, "decode_rate", "decode", line);
        return line.toString();
    }

    private static void trialFigure(
            RunProgress.TrialFinished finished, String metric, String word, StringBuilder line) {
        finished.figures().stream()
                .filter(f -> f.turn().isEmpty() && f.metric().equals(metric))
                .findFirst()
                .ifPresent(f -> line.append(String.format(
                        Locale.ROOT, ", %s %.1f %s", word, f.value(), f.unit().symbol())));
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** A line that stays. */
    private void line(String text) {
        err.println((interactive ? CLEAR : "") + PlainText.oneLine(text));
    }

    /** A line that stays where lines cannot be drawn over. */
    private void passing(String text) {
        if (interactive) {
            redraw(text);
        } else {
            line(text);
        }
    }

    /** A line that the next one replaces; nothing where lines cannot be drawn over. */
    private void redraw(String text) {
        if (interactive) {
            err.print(CLEAR + PlainText.oneLine(text));
            err.flush();
        }
    }

    /** Nothing is heard of what happens. */
    static final RunProgress.Listener SILENT = progress -> {};
}
