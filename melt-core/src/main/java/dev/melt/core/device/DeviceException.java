package dev.melt.core.device;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The link to a device or the host itself broke; what the device answered is an {@link ExecResult}. Each member says
 * whether doing the same again is safe, and one retry loop reads that.
 */
public abstract sealed class DeviceException extends RuntimeException {
    private DeviceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether the same call may be made again once the device is back. */
    public abstract boolean retryIsSafe();

    /** What broke the link, where it is known. */
    public Optional<Throwable> reason() {
        return Optional.ofNullable(getCause());
    }

    /** Nothing answers at the device's address. */
    public static final class Unreachable extends DeviceException {
        public Unreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean retryIsSafe() {
            return true;
        }
    }

    /** The device answers and will not let us in until a person does something. */
    public static final class Unauthorised extends DeviceException {
        public Unauthorised(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean retryIsSafe() {
            return false;
        }
    }

    /** The link went away in the middle of a call: the call may or may not have taken effect. */
    public static final class LinkLost extends DeviceException {
        public LinkLost(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean retryIsSafe() {
            return true;
        }
    }

    /** A deadline passed without an answer. */
    public static final class TimedOut extends DeviceException {
        public TimedOut(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean retryIsSafe() {
            return true;
        }
    }

    /** The other side said something that the protocol does not allow. */
    public static final class ProtocolViolation extends DeviceException {
        public ProtocolViolation(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean retryIsSafe() {
            return false;
        }
    }
}
