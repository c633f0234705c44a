package dev.melt.ios.parse;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a tool that talks to a phone failed, told by its words, whichever of its streams they came on. Exit codes alone say little:
 * tools end with 0 without a phone, and with the same code for every reason.
 *
 * @param code of lockdown or of the tool, as printed
 * @param words of the line that tells most
 */
public record ToolError(Kind kind, OptionalInt code, String words) {
    /** Exit code of {@code timeout}. */
    private static final int TIMED_OUT = 124;

    public ToolError {
        requireNonNull(kind, "kind");
        requireNonNull(code, "code");
        requireNonNull(words, "words");
    }

    /** What is the matter. The order is that in which kinds say more: of several lines the first of these counts. */
    public enum Kind {
        /** The host's own service for phones (usbmuxd) does not run, or may not be used. */
        NO_DAEMON,
        /** No phone, or not the one that was named. */
        NO_DEVICE,
        /** The phone asks its owner whether to trust this host. */
        TRUST_PENDING,
        /** The owner said no. */
        TRUST_DENIED,
        /** The phone and this host have never been paired. */
        UNPAIRED,
        /** The phone does not know the identity that this host shows; pair anew. */
        INVALID_HOST,
        /** A passcode keeps the phone from answering. */
        LOCKED,
        /** Developer Mode is off. */
        DEVELOPER_MODE_OFF,
        /** The services for developers are not there until their disk image is mounted. */
        NO_DEVELOPER_IMAGE,
        /** No app of that name. */
        NOT_INSTALLED,
        /** The app's signature does not let it be started from outside, or nobody has trusted its developer. */
        LAUNCH_DENIED,
        /** The phone does not take the app: its signature or its version does not fit. */
        INSTALL_DENIED,
        /** The phone is full. */
        NO_SPACE,
        /** The tool itself broke down before it asked the phone; once more may do. */
        LAUNCHER_TRANSIENT,
        /** The phone was there and went away. */
        LINK_LOST,
        /** Somebody ended the tool because it took too long. */
        TIMED_OUT,
        /** Words that MELT has no name for. */
        OTHER
    }

    /** Whether the same call may succeed a moment later, with nobody touching the phone. */
    public boolean isTransient() {
        return kind == Kind.LAUNCHER_TRANSIENT || kind == Kind.LINK_LOST || kind == Kind.TIMED_OUT;
    }

    /**
     * What a tool's output says.
     *
     * @param mergedOutput both streams, in any order
     * @return empty where nothing is wrong
     */
    public static Optional<ToolError> of(String mergedOutput, int exitCode) {
        List<String> lines = mergedOutput
                .lines()
                .map(String::strip)
                .map(ToolWords::shortened)
                .filter(line -> !line.isEmpty())
                .toList();
        Optional<ToolError> known = ToolWords.best(lines);
        if (known.isPresent() || exitCode == 0) {
            return known;
        }
        String words = ToolWords.complaint(lines).orElse(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
        Kind kind = exitCode == TIMED_OUT ? Kind.TIMED_OUT : Kind.OTHER;
        return Optional.of(new ToolError(kind, ToolWords.code(words), words));
    }
}
