package dev.melt.ios.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.ios.parse.Jetsam.Victim;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of a phone's log, with whatever {@code idevicesyslog} or others put before them. Not thread-safe; one for each log. */
final class JetsamLog {
    private static final Pattern KILLING = Pattern.compile(
            ".*?(?:\\b(\\d{1,12}\\.\\d{1,9}) )?memorystatus: killing\\w* pid (\\d{1,9}) \\[([^\\[\\]]{1,100})] \\(([\\w-]+)[^()]*\\)"
                    + "(?: (\\d{1,12})KB)?.*");
    private static final Pattern OVER_LIMIT = Pattern.compile(
            ".*?(?:EXC_RESOURCE -> |[Pp]rocess )?([^\\s\\[\\]][^\\[\\]\\t]{0,100}?) ?\\[(\\d{1,9})] exceeded mem limit: (\\w+) (\\d{1,9}) MB \\((fatal|non-fatal)\\).*");
    private static final Pattern KILLED =
            Pattern.compile(".*?\\bProcess (.{1,100}?) \\[(\\d{1,9})] killed by jetsam reason ([\\w-]+).*");
    private static final Pattern TELLS =
            Pattern.compile(".*(?:memorystatus: killing|exceeded mem limit|killed by jetsam).*");
    private static final Pattern LINE = Pattern.compile("\\S{1,100}\\t.*"
            + "|[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d.*"
            + "|\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d.*"
            + "|\\[(?:dis)?connected(?::\\S*)?]");
    private static final long KIB = 1024;
    private static final long MIB = KIB * KIB;

    private final Map<String, Death> deaths = new LinkedHashMap<>();

    private JetsamLog() {}

    /** What lines tell of one process, the first word on each matter. */
    private static final class Death {
        private final String name;
        private final long pid;
        private boolean ended;
        private Optional<String> reason = Optional.empty();
        private OptionalLong bytes = OptionalLong.empty();
        private OptionalLong limit = OptionalLong.empty();
        private Optional<String> limitKind = Optional.empty();
        private OptionalDouble seconds = OptionalDouble.empty();

        Death(String name, long pid) {
            this.name = name;
            this.pid = pid;
        }

        Victim victim() {
            return new Victim(
                    OptionalLong.of(pid), name, reason, OptionalLong.empty(), bytes, limit, limitKind, seconds);
        }
    }

    static Jetsam read(SourceText text) throws UnknownOutputException {
        JetsamLog log = new JetsamLog();
        long known = 0;
        long skipped = 0;
        for (int i = 0; i < text.lines().size(); i++) {
            String line = text.lines().get(i);
            boolean tells = TELLS.matcher(line).matches();
            if (tells && text.cutIn(i)) {
                throw text.cutOff("whole lines");
            }
            boolean read = tells && log.take(line);
            boolean ofALog = read || LINE.matcher(line).matches();
            known += ofALog ? 1 : 0;
            skipped += line.isBlank() || (ofALog && read == tells) ? 0 : 1;
        }
        if (known == 0) {
            throw text.unlike("a report with '\"bug_type\":\"298\"', or lines of an iPhone's log,");
        }
        List<Victim> victims = log.deaths.values().stream()
                .filter(death -> death.ended)
                .map(Death::victim)
                .toList();
        return new Jetsam(victims, Optional.empty(), skipped);
    }

    private boolean take(String line) {
        Matcher killing = KILLING.matcher(line);
        Matcher over = OVER_LIMIT.matcher(line);
        Matcher killed = KILLED.matcher(line);
        if (killing.matches()) {
            Death death = death(killing.group(3), killing.group(2));
            death.ended = true;
            death.reason = Optional.of(killing.group(4));
            death.bytes =
                    killing.group(5) == null ? death.bytes : OptionalLong.of(Long.parseLong(killing.group(5)) * KIB);
            death.seconds =
                    killing.group(1) == null ? death.seconds : OptionalDouble.of(Double.parseDouble(killing.group(1)));
        } else if (over.matches()) {
            Death death = death(over.group(1).replaceFirst("^.*\\s", ""), over.group(2));
            death.ended |= over.group(5).equals("fatal");
            death.limitKind = Optional.of(over.group(3));
            death.limit = OptionalLong.of(Long.parseLong(over.group(4)) * MIB);
            death.reason = death.reason.or(() -> Optional.of("per-process-limit"));
        } else if (killed.matches()) {
            Death death = death(killed.group(1), killed.group(2));
            death.ended = true;
            death.reason = Optional.of(killed.group(3));
        } else {
            return false;
        }
        return true;
    }

    private Death death(String name, String pid) {
        return deaths.computeIfAbsent(pid + " " + name, key -> new Death(name, Long.parseLong(pid)));
    }
}
