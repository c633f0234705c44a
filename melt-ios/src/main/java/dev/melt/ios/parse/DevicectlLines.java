package dev.melt.ios.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.ios.parse.Devicectl.Failure;
import dev.melt.ios.parse.Devicectl.Kind;
import dev.melt.ios.parse.Devicectl.RunningProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code devicectl} prints for people, with what the app prints behind it ({@code --console}). Not thread-safe. */
final class DevicectlLines {
    private static final Pattern PROGRESS = Pattern.compile(
            "Acquired (?:tunnel connection|usage assertion).*|Enabling developer disk image services\\.?|.*Running Processes:?|={3,}");
    private static final Pattern LAUNCHED = Pattern.compile("Launched application with (\\S+) bundle identifier\\.?");
    private static final Pattern WAITING = Pattern.compile("Waiting for the application to terminate(?:…|\\.{3})?");
    private static final Pattern SIGNAL = Pattern.compile("App terminated due to signal (\\d{1,3})\\.?");
    private static final Pattern TAGGED =
            Pattern.compile("(?:\\d{4}-\\d\\d-\\d\\d \\S+ )?[^\\[\\]]{1,100}\\[(\\d{1,9}):\\d{1,18}] ?(.*)");
    private static final Pattern PROCESS = Pattern.compile("\\s*(\\d{1,9})\\s+(?:file://)?(/.*)");
    private static final Pattern ERROR = Pattern.compile("ERROR: (.*)");
    private static final Pattern DOMAIN = Pattern.compile("(.*?)\\(?(\\S+Error(?:Domain)?) error (-?\\d{1,9})\\b.*");
    private static final Pattern REASON = Pattern.compile(".*BSErrorCodeDescription = (\\w+).*");
    private static final Pattern DETAIL = Pattern.compile("[A-Z]\\w{1,60} = .*");
    private static final Pattern RULE = Pattern.compile("-{5,}");

    private static final int LONGEST = 2000;

    private OptionalLong pid = OptionalLong.empty();
    private Optional<String> bundle = Optional.empty();
    private OptionalInt signal = OptionalInt.empty();
    private final List<RunningProcess> processes = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private OptionalInt code = OptionalInt.empty();
    private Optional<String> domain = Optional.empty();
    private OptionalInt posix = OptionalInt.empty();
    private Optional<String> reason = Optional.empty();
    private boolean waiting;
    private boolean known;
    private boolean failed;
    private long skipped;

    private DevicectlLines() {}

    static boolean isProgress(String line) {
        return PROGRESS.matcher(line.strip()).matches();
    }

    /** Whether a line says nothing of what became of a call. */
    static boolean isAround(String line) {
        return isProgress(line) || RULE.matcher(line.strip()).matches();
    }

    /**
     * Reads it.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    static Devicectl read(SourceText text) throws UnknownOutputException {
        DevicectlLines all = new DevicectlLines();
        text.lines().forEach(all::take);
        if (!all.known) {
            throw text.unlike("'Launched application with ...' or other words of devicectl");
        }
        if (!text.ended()) {
            throw text.cutOff("whole lines");
        }
        return all.devicectl();
    }

    private void take(String raw) {
        String line = raw.strip();
        line = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
        Matcher launched = LAUNCHED.matcher(line);
        Matcher signalled = SIGNAL.matcher(line);
        Matcher process = PROCESS.matcher(line);
        if (line.isEmpty() || RULE.matcher(line).matches()) {
            return;
        }
        if (launched.matches()) {
            bundle = Optional.of(launched.group(1));
            known = true;
        } else if (signalled.matches()) {
            signal = OptionalInt.of(Integer.parseInt(signalled.group(1)));
            known = true;
        } else if (isProgress(line)) {
            known = true;
        } else if (WAITING.matcher(line).matches()) {
            waiting = true;
        } else if (failed || ERROR.matcher(line).matches()) {
            error(line);
        } else if (waiting || !bundle.isEmpty()) {
            app(raw);
        } else if (known && process.matches()) {
            String path = process.group(2);
            processes.add(
                    new RunningProcess(Long.parseLong(process.group(1)), path.substring(path.lastIndexOf('/') + 1)));
        } else {
            skipped++;
        }
    }

    private void app(String raw) {
        Matcher tagged = TAGGED.matcher(raw);
        if (tagged.matches()) {
            pid = pid.isPresent() ? pid : OptionalLong.of(Long.parseLong(tagged.group(1)));
            lines.add(tagged.group(2));
        } else {
            lines.add(raw);
        }
    }

    private void error(String line) {
        Matcher begin = ERROR.matcher(line);
        String words = begin.matches() ? begin.group(1) : line;
        Matcher within = DOMAIN.matcher(words);
        Matcher why = REASON.matcher(line);
        failed = true;
        if (!DETAIL.matcher(words).matches()) {
            messages.add(words);
        }
        if (within.matches()) {
            known = true;
            int number = Integer.parseInt(within.group(3));
            String name = within.group(2).replaceFirst("^.*\\(", "");
            if (name.equals("NSPOSIXErrorDomain")) {
                posix = OptionalInt.of(number);
            }
            if (code.isEmpty()) {
                code = OptionalInt.of(number);
                domain = Optional.of(name);
            }
        }
        reason = why.matches() ? Optional.of(why.group(1)) : reason;
    }

    private Devicectl devicectl() {
        Optional<Failure> failure =
                failed ? Optional.of(new Failure(code, domain, posix, reason, messages)) : Optional.empty();
        Kind kind = signal.isPresent()
                ? Kind.APP_SIGNAL
                : failure.map(Failure::kind).orElse(Kind.OK);
        return new Devicectl(kind, Optional.empty(), pid, bundle, signal, processes, lines, failure, skipped);
    }
}
