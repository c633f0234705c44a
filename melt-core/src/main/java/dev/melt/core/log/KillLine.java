package dev.melt.core.log;

import dev.melt.core.log.KillEvent.Cause;
import dev.melt.core.log.KillEvent.Freed;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms in which a log tells of a death. */
final class KillLine {
    private static final long KIBI = 1024;
    private static final Pattern LMKD = Pattern.compile("Kill(?:ing)? '(.*?)' \\((\\d{1,9})\\)(.*)");
    private static final Pattern UID = Pattern.compile("\\buid (\\d{1,9})");
    private static final Pattern ADJ = Pattern.compile("\\b(?:oom_score_adj|oom_adj|adj) (-?\\d{1,5})");
    private static final Pattern RSS = Pattern.compile("to free (\\d{1,12})kB");
    private static final Pattern ANON = Pattern.compile("(\\d{1,12})kB anon rss");
    private static final Pattern SWAP = Pattern.compile("(\\d{1,12})kB swap");
    private static final Pattern REASON = Pattern.compile("[;,]\\s*reason: (.*)");
    private static final Pattern ACTIVITY =
            Pattern.compile("\\[(\\d{1,9}),(\\d{1,9}),([^,\\[\\]]+),(-?\\d{1,9})(?:,(.*?))?(?:,(\\d{1,12}))*\\]\\s*");
    private static final Pattern LAST_NUMBER = Pattern.compile(".*,(\\d{1,12})\\]\\s*");
    private static final Pattern SIGNAL =
            Pattern.compile("Process (\\d{1,9}) exited due to signal (?:\\(?)(\\d{1,3})\\)?(.*)");
    private static final Pattern DIED = Pattern.compile("Process (\\S+) \\(pid (\\d{1,9})\\) has died(.*)");
    private static final Pattern KERNEL = Pattern.compile(
            "(?:Memory cgroup out|Out) of memory(?:[^:]*): Kill(?:ed)? process (\\d{1,9}) \\((.*?)\\)(.*)");
    private static final Pattern KERNEL_RSS = Pattern.compile("anon-rss:(\\d{1,12})kB");

    private KillLine() {}

    /** Whether a line should be one, so that one which cannot be read is damaged. */
    static boolean tellsOfADeath(LogcatLine line) {
        return switch (line.tag()) {
            case "lowmemorykiller", "lmkd" -> line.message().startsWith("Kill");
            case "am_kill", "am_proc_died", "am_crash", "am_anr" -> true;
            default ->
                line.message().startsWith("Out of memory: Kill")
                        || line.message().startsWith("Memory cgroup out of memory: Kill");
        };
    }

    static Optional<KillEvent> of(LogcatLine line, OptionalDouble t) {
        Optional<String> time = line.stamp().map(LogStamp::text);
        String message = line.message();
        return switch (line.tag()) {
            case "lowmemorykiller", "lmkd" -> lmkd(time, t, message);
            case "am_kill" -> activity(Cause.AM_KILL, time, t, message);
            case "am_proc_died" -> activity(Cause.AM_PROC_DIED, time, t, message);
            case "am_anr" -> activity(Cause.AM_ANR, time, t, message);
            case "am_crash" -> activity(Cause.AM_CRASH, time, t, message);
            case "Zygote" -> signal(time, t, message);
            case "ActivityManager" -> died(time, t, message);
            default -> kernel(time, t, message);
        };
    }

    private static Optional<KillEvent> lmkd(Optional<String> time, OptionalDouble t, String message) {
        Matcher kill = LMKD.matcher(message);
        if (!kill.matches()) {
            return Optional.empty();
        }
        String rest = kill.group(3);
        Matcher reason = REASON.matcher(rest);
        boolean reasoned = reason.find();
        String figures = reasoned ? rest.substring(0, reason.start()) : rest;
        OptionalLong rss = kib(RSS, figures);
        if (rss.isEmpty() && ADJ.matcher(figures).results().findAny().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new KillEvent(
                Cause.LMKD,
                time,
                t,
                Optional.of(kill.group(1)),
                number(kill.group(2)),
                find(UID, figures),
                find(ADJ, figures),
                OptionalLong.empty(),
                OptionalLong.empty(),
                new Freed(rss, kib(ANON, figures), kib(SWAP, figures), OptionalLong.empty()),
                reasoned ? Optional.of(reason.group(1).strip()) : Optional.empty()));
    }

    /** {@code [user,pid,process,adj,...]}; a reason may have commas in it, and a size in kB may follow. */
    private static Optional<KillEvent> activity(Cause cause, Optional<String> time, OptionalDouble t, String message) {
        Matcher event = ACTIVITY.matcher(message);
        if (!event.matches()) {
            return Optional.empty();
        }
        boolean pidFirst = cause == Cause.AM_CRASH;
        boolean hasAdj = cause == Cause.AM_KILL || cause == Cause.AM_PROC_DIED;
        boolean hasReason = cause != Cause.AM_PROC_DIED;
        OptionalLong size =
                cause == Cause.AM_KILL && event.group(6) != null ? kib(LAST_NUMBER, message) : OptionalLong.empty();
        return Optional.of(new KillEvent(
                cause,
                time,
                t,
                Optional.of(event.group(3)),
                number(event.group(pidFirst ? 1 : 2)),
                OptionalLong.empty(),
                hasAdj ? number(event.group(4)) : OptionalLong.empty(),
                hasReason ? OptionalLong.empty() : find(LAST_NUMBER, message),
                number(event.group(pidFirst ? 2 : 1)),
                new Freed(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), size),
                hasReason ? Optional.ofNullable(event.group(5)).map(String::strip) : Optional.empty()));
    }

    private static Optional<KillEvent> signal(Optional<String> time, OptionalDouble t, String message) {
        Matcher signal = SIGNAL.matcher(message);
        return signal.matches()
                ? Optional.of(plain(
                        Cause.SIGNAL, time, t, Optional.empty(), number(signal.group(1)), "signal " + signal.group(2)))
                : Optional.empty();
    }

    private static Optional<KillEvent> died(Optional<String> time, OptionalDouble t, String message) {
        Matcher died = DIED.matcher(message);
        return died.matches()
                ? Optional.of(plain(
                        Cause.DIED,
                        time,
                        t,
                        Optional.of(died.group(1)),
                        number(died.group(2)),
                        "has died" + died.group(3)))
                : Optional.empty();
    }

    private static Optional<KillEvent> kernel(Optional<String> time, OptionalDouble t, String message) {
        Matcher killed = KERNEL.matcher(message);
        if (!killed.matches()) {
            return Optional.empty();
        }
        return Optional.of(new KillEvent(
                Cause.KERNEL_OOM,
                time,
                t,
                Optional.of(killed.group(2)),
                number(killed.group(1)),
                OptionalLong.empty(),
                find(ADJ, killed.group(3).replace(':', ' ')),
                OptionalLong.empty(),
                OptionalLong.empty(),
                new Freed(OptionalLong.empty(), kib(KERNEL_RSS, message), OptionalLong.empty(), OptionalLong.empty()),
                Optional.of("out of memory")));
    }

    private static KillEvent plain(
            Cause cause,
            Optional<String> time,
            OptionalDouble t,
            Optional<String> process,
            OptionalLong pid,
            String reason) {
        return new KillEvent(
                cause,
                time,
                t,
                process,
                pid,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Freed.UNKNOWN,
                Optional.of(reason));
    }

    private static OptionalLong number(String digits) {
        return OptionalLong.of(Long.parseLong(digits));
    }

    private static OptionalLong find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? number(matcher.group(1)) : OptionalLong.empty();
    }

    private static OptionalLong kib(Pattern pattern, String text) {
        OptionalLong found = find(pattern, text);
        return found.isPresent() ? OptionalLong.of(found.getAsLong() * KIBI) : OptionalLong.empty();
    }
}
