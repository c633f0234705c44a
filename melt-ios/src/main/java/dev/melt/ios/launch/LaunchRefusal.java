package dev.melt.ios.launch;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.DeviceException.Unauthorised;
import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.core.problem.PlainText;
import dev.melt.ios.parse.ToolError;
import java.util.Locale;

/**
 * Why an app was not started.
 *
 * @param words of the phone, or of the program that was to start it
 */
public record LaunchRefusal(Kind kind, String words) {
    /** What it means for whoever wants the app to run. */
    public enum Kind {
        /** Until somebody unlocks the phone. */
        LOCKED("the phone is locked; unlock it, and set Auto-Lock to Never for runs"),
        /** Until somebody signs the app anew, trusts its maker on the phone, or switches developer mode on. */
        NOT_ALLOWED(
                "the phone will not start the app: sign it for development and install it again, trust its maker under"
                        + " Settings, General, VPN & Device Management, and see 'melt doctor ios'"),
        NOT_INSTALLED("the app is not installed any more; see 'melt doctor ios'"),
        NO_DEVELOPER_SERVICES("the phone has no developer services as it is; see 'melt doctor ios'"),
        /** It may go well the next time. */
        TRANSIENT("starting the app failed for now"),
        OTHER("the app was not started");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    public LaunchRefusal {
        requireNonNull(kind, "kind");
        words = PlainText.oneLine(words.strip());
    }

    /** Of the words with which something refused. */
    public static LaunchRefusal of(String words, int exitCode) {
        Kind kind = ToolError.of(words, exitCode)
                .map(error -> switch (error.kind()) {
                    case LOCKED -> Kind.LOCKED;
                    case LAUNCH_DENIED -> Kind.NOT_ALLOWED;
                    case NOT_INSTALLED -> Kind.NOT_INSTALLED;
                    case NO_DEVELOPER_IMAGE -> Kind.NO_DEVELOPER_SERVICES;
                    case LAUNCHER_TRANSIENT, LINK_LOST, TIMED_OUT, NO_DEVICE -> Kind.TRANSIENT;
                    default -> Kind.OTHER;
                })
                .orElseGet(() -> words.toLowerCase(Locale.ROOT).contains("locked") ? Kind.LOCKED : Kind.OTHER);
        return new LaunchRefusal(kind, words);
    }

    /** As the link's failure: what a person can mend meanwhile is waited for. */
    public DeviceException asException(String label) {
        String message = "[" + label + "] " + kind.words + (words.isEmpty() ? "" : " (" + words + ")");
        return switch (kind) {
            case LOCKED -> new Unreachable(message, null);
            case TRANSIENT -> new LinkLost(message, null);
            case NOT_ALLOWED, NOT_INSTALLED, NO_DEVELOPER_SERVICES -> new Unauthorised(message, null);
            case OTHER -> new ProtocolViolation(message, null);
        };
    }
}
