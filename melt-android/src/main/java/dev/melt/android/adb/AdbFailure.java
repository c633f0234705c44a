package dev.melt.android.adb;

import dadb.AdbSyncFailException;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.DeviceException.Unauthorised;
import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.core.problem.PlainText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/** What adb's words for a failure mean. They differ between versions in little but their punctuation. */
final class AdbFailure {
    private AdbFailure() {}

    /** While a service was opened: nothing has happened on the device. */
    static DeviceException opening(String serial, String service, IOException cause) {
        String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        String message = "[" + serial + "/adb] " + firstWord(service) + ": " + reason(cause);
        if (isInterrupt(cause)) {
            return interrupted(message, cause);
        }
        if (words.contains("unauthorized") || words.contains("authorizing") || words.contains("authenticate")) {
            return new Unauthorised(message + "; " + AdbState.UNAUTHORIZED.remedy(), cause);
        }
        if (words.contains("no permissions") || words.contains("insufficient permissions")) {
            return new Unauthorised(message + "; " + AdbState.NO_PERMISSIONS.remedy(), cause);
        }
        if (words.contains("more than one device")) {
            return new ProtocolViolation(message, cause);
        }
        return new Unreachable(message, cause);
    }

    /** In the middle of something: it may or may not have taken effect. */
    static DeviceException during(String serial, String what, IOException cause) {
        String message = "[" + serial + "/adb] " + what + ": " + reason(cause);
        if (isInterrupt(cause)) {
            return interrupted(message, cause);
        }
        if (cause instanceof AdbSyncFailException refused) {
            return new ProtocolViolation(
                    "[" + serial + "/adb] " + what + ": " + PlainText.oneLine(refused.getReason()), cause);
        }
        return new LinkLost(message, cause);
    }

    private static DeviceException interrupted(String message, IOException cause) {
        Thread.currentThread().interrupt();
        return new LinkLost(message, cause);
    }

    private static boolean isInterrupt(IOException cause) {
        return cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException);
    }

    private static String reason(IOException cause) {
        return cause instanceof SocketTimeoutException
                ? "no answer"
                : PlainText.oneLine(String.valueOf(cause.getMessage()));
    }

    private static String firstWord(String service) {
        int end = service.indexOf(':');
        return end < 0 ? service : service.substring(0, end);
    }
}
