package dev.melt.core.log;

import static java.util.Objects.requireNonNull;

import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.telemetry.Unit;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Somebody ended a process, or it ended.
 *
 * @param time as printed
 * @param t seconds on the log's clock
 * @param adj how dear the process was to the system: 0 is in front, 999 can be lost
 * @param procState what it was doing, as a number of the activity manager
 * @param user of the phone whose process it was; 0 is the owner
 * @param reason in the words of the log
 */
public record KillEvent(
        Cause cause,
        Optional<String> time,
        OptionalDouble t,
        Optional<String> process,
        OptionalLong pid,
        OptionalLong uid,
        OptionalLong adj,
        OptionalLong procState,
        OptionalLong user,
        Freed freed,
        Optional<String> reason) {
    public KillEvent {
        requireNonNull(cause, "cause");
        requireNonNull(freed, "freed");
    }

    /** Which line tells of it. */
    public enum Cause {
        /** Android's low-memory killer. */
        LMKD,
        /** The activity manager ended it. */
        AM_KILL,
        AM_PROC_DIED,
        AM_CRASH,
        AM_ANR,
        /** The parent of all apps saw it end by a signal. */
        SIGNAL,
        DIED,
        /** The kernel's own out-of-memory killer. */
        KERNEL_OOM
    }

    /** Bytes that the process held. */
    public record Freed(OptionalLong rss, OptionalLong anonRss, OptionalLong swap, OptionalLong pss) {
        /** Where the line says nothing. */
        public static final Freed UNKNOWN =
                new Freed(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    /** Whether memory was the cause, as far as this line tells. {@link #words} are of such lines. */
    public boolean outOfMemory() {
        return cause == Cause.LMKD || cause == Cause.KERNEL_OOM;
    }

    /** In one line: who ended what, how much that freed, and why. */
    public String words() {
        return (cause == Cause.LMKD ? "Android's low-memory killer" : "the kernel") + " ended "
                + process.orElse("a process")
                + (pid.isPresent() ? " (pid " + pid.getAsLong() + ")" : "")
                + held(freed.rss(), "in memory")
                        .or(() -> held(freed.anonRss(), "of its own in memory"))
                        .orElse("")
                + reason.map(why -> ": " + why).orElse("");
    }

    private static Optional<String> held(OptionalLong bytes, String where) {
        return bytes.isPresent() ? Optional.of(", which had " + bytes.getAsLong() + " B " + where) : Optional.empty();
    }

    void writeTo(TelemetryBuilder out) {
        out.row(
                "events",
                new FactRow()
                        .with("event", cause.name().toLowerCase(Locale.ROOT))
                        .with("time", time)
                        .with("t", t)
                        .with("process", process)
                        .with("pid", pid)
                        .with("uid", uid)
                        .with("user", user)
                        .with("oom_score_adj", adj)
                        .with("proc_state", procState)
                        .with("rss_B", freed.rss())
                        .with("anon_rss_B", freed.anonRss())
                        .with("swap_B", freed.swap())
                        .with("pss_B", freed.pss())
                        .with("reason", reason));
        String site = process.or(() -> pid.isPresent() ? Optional.of("pid-" + pid.getAsLong()) : Optional.empty())
                .orElse("process");
        sample(out, "killed_rss/" + site, freed.rss());
        sample(out, "killed_swap/" + site, freed.swap());
        sample(out, "killed_pss/" + site, freed.pss());
    }

    private void sample(TelemetryBuilder out, String channel, OptionalLong bytes) {
        bytes.ifPresent(size -> out.sample(channel, Unit.BYTE, (double) size, t));
    }
}
