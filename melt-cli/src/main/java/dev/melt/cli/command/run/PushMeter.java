package dev.melt.cli.command.run;

import dev.melt.cli.text.Bytes;
import dev.melt.core.run.RunProgress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * How far files are that are brought onto a device, how fast, and how long they will take: judged by the last seconds, because links
 * change, and by nothing before the first one is over. For one thread.
 */
final class PushMeter {
    private static final long WINDOW = Duration.ofSeconds(5).toNanos();
    private static final long FIRST = Duration.ofSeconds(1).toNanos();

    private record Mark(long nanos, long bytes) {}

    private final LongSupplier nanoTime;
    private final long everyNanos;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private String file = "";
    private long shownAt;

    /**
     * Over a clock.
     *
     * @param every how often there is something to say
     */
    PushMeter(LongSupplier nanoTime, Duration every) {
        this.nanoTime = nanoTime;
        this.everyNanos = every.toNanos();
    }

    /** The line for a moment; empty when the last one was a short time ago. The first comes when a file has taken that long. */
    Optional<String> line(RunProgress.Pushing pushing) {
        long now = nanoTime.getAsLong();
        if (!pushing.file().equals(file) || isBehind(pushing)) {
            file = pushing.file();
            marks.clear();
            shownAt = now;
        }
        marks.addLast(new Mark(now, pushing.doneBytes()));
        while (marks.size() > 2 && now - second().nanos() >= WINDOW) {
            marks.removeFirst();
        }
        if (now - shownAt < everyNanos) {
            return Optional.empty();
        }
        shownAt = now;
        return Optional.of(describe(pushing));
    }

    /** The same file again, from its beginning or from where it broke. */
    private boolean isBehind(RunProgress.Pushing pushing) {
        return !marks.isEmpty() && pushing.doneBytes() < marks.getLast().bytes();
    }

    private Mark second() {
        return marks.stream().skip(1).findFirst().orElseThrow();
    }

    private String describe(RunProgress.Pushing pushing) {
        long percent = pushing.totalBytes() == 0 ? 100 : 100 * pushing.doneBytes() / pushing.totalBytes();
        String line = "bringing " + pushing.file() + " onto the device, " + percent + " %";
        OptionalDouble rate = bytesPerSecond();
        if (rate.isEmpty()) {
            return line;
        }
        double secondsLeft = (pushing.totalBytes() - pushing.doneBytes()) / rate.getAsDouble();
        return line + ", " + Bytes.text(Math.round(rate.getAsDouble())) + "/s, about "
                + Durations.show(Duration.ofMillis(Math.round(secondsLeft * 1000))) + " left";
    }

    private OptionalDouble bytesPerSecond() {
        Mark first = marks.getFirst();
        Mark last = marks.getLast();
        long nanos = last.nanos() - first.nanos();
        long bytes = last.bytes() - first.bytes();
        return nanos < FIRST || bytes <= 0 ? OptionalDouble.empty() : OptionalDouble.of(bytes / (nanos / 1e9));
    }
}
