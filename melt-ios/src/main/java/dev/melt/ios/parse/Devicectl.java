package dev.melt.ios.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What {@code xcrun devicectl} printed or wrote with {@code --json-output}.
 *
 * @param outcome {@code success} or {@code failed}, where it is JSON
 * @param pid of the app that was launched
 * @param bundle that was launched
 * @param signal that ended the app; 9 is most often the phone's memory killer
 * @param processes that run on the phone, where that was asked
 * @param lines that the app printed
 * @param failure why it failed
 */
public record Devicectl(
        Kind kind,
        Optional<String> outcome,
        OptionalLong pid,
        Optional<String> bundle,
        OptionalInt signal,
        List<RunningProcess> processes,
        List<String> lines,
        Optional<Failure> failure,
        long skipped)
        implements TelemetryRecord {
    public Devicectl {
        requireNonNull(kind, "kind");
        requireNonNull(outcome, "outcome");
        requireNonNull(pid, "pid");
        requireNonNull(bundle, "bundle");
        requireNonNull(signal, "signal");
        processes = List.copyOf(processes);
        lines = List.copyOf(lines);
        requireNonNull(failure, "failure");
    }

    /** What became of the call. */
    public enum Kind {
        OK,
        /** The app ran, and a signal ended it. */
        APP_SIGNAL,
        /** A passcode keeps the phone from launching. */
        LOCKED,
        /** The app's signature does not let it be launched, or nobody has trusted its developer. */
        LAUNCH_DENIED,
        NOT_INSTALLED,
        NO_DEVICE,
        UNPAIRED,
        /** The phone was there and went away. */
        DEVICE_LOST,
        /** devicectl broke down before it asked the phone: no failure of the app. */
        LAUNCHER_TRANSIENT,
        OTHER
    }

    /** A process on the phone, named by its executable. */
    public record RunningProcess(long pid, String name) {
        public RunningProcess {
            requireNonNull(name, "name");
        }
    }

    /**
     * Why a call failed. Every failure to launch has the code 10002; what lies below tells them apart.
     *
     * @param code of the outermost error
     * @param posix number of an error of the system below it
     * @param reason the last {@code BSErrorCodeDescription}: {@code Locked}, {@code Security}, ...
     * @param messages from the outermost error to the innermost
     */
    public record Failure(
            OptionalInt code,
            Optional<String> domain,
            OptionalInt posix,
            Optional<String> reason,
            List<String> messages) {
        public Failure {
            requireNonNull(code, "code");
            requireNonNull(domain, "domain");
            requireNonNull(posix, "posix");
            requireNonNull(reason, "reason");
            messages = List.copyOf(messages);
        }

        Kind kind() {
            if (reason.isPresent()) {
                return switch (reason.get()) {
                    case "Locked" -> Kind.LOCKED;
                    case "Security", "RequestDenied" -> Kind.LAUNCH_DENIED;
                    case "NotFound" -> Kind.NOT_INSTALLED;
                    default -> Kind.OTHER;
                };
            }
            if (posix.orElse(0) == INVALID_ARGUMENT) {
                return Kind.LAUNCHER_TRANSIENT;
            }
            return ToolWords.best(messages).map(Failure::kind).orElse(Kind.OTHER);
        }

        private static Kind kind(ToolError error) {
            return switch (error.kind()) {
                case LOCKED -> Kind.LOCKED;
                case LAUNCH_DENIED -> Kind.LAUNCH_DENIED;
                case NOT_INSTALLED -> Kind.NOT_INSTALLED;
                case NO_DEVICE -> Kind.NO_DEVICE;
                case UNPAIRED -> Kind.UNPAIRED;
                case LINK_LOST -> Kind.DEVICE_LOST;
                case LAUNCHER_TRANSIENT -> Kind.LAUNCHER_TRANSIENT;
                default -> Kind.OTHER;
            };
        }
    }

    private static final int INVALID_ARGUMENT = 22;

    /**
     * Reads either form.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    public static Devicectl read(String text) throws UnknownOutputException {
        return read(ConsoleFormat.plain(text));
    }

    /**
     * Reads either form.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    public static Devicectl read(SourceText text) throws UnknownOutputException {
        SourceText output = Transcript.outputOf(text, "xcrun", "devicectl");
        Optional<Devicectl> json = DevicectlJson.read(output);
        return json.isPresent() ? json.get() : DevicectlLines.read(output);
    }

    /** Whether the same call may succeed a moment later. */
    public boolean retry() {
        return kind == Kind.LAUNCHER_TRANSIENT;
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        out.fact("class", kind.name());
        out.fact("retry", retry());
        outcome.ifPresent(word -> out.fact("outcome", word));
        pid.ifPresent(number -> out.fact("pid", number));
        bundle.ifPresent(word -> out.fact("bundle", word));
        signal.ifPresent(number -> out.fact("signal", number));
        processes.forEach(process ->
                out.row("processes", new FactRow().with("pid", process.pid()).with("name", process.name())));
        lines.forEach(line -> out.row("app_lines", new FactRow().with("text", line)));
        failure.ifPresent(why -> {
            why.code().ifPresent(code -> out.fact("code", code));
            why.domain().ifPresent(word -> out.fact("domain", word));
            why.posix().ifPresent(number -> out.fact("posix", number));
            why.reason().ifPresent(word -> out.fact("reason", word));
            why.messages().forEach(words -> out.row("messages", new FactRow().with("text", words)));
        });
        out.skipped(skipped);
    }
}
