package dev.melt.virtual.ios.device;

/** iOS does not start an app. */
public final class LaunchRefused extends Exception {
    private final String reason;

    /** Of that reason. */
    public LaunchRefused(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** What a debugger is told. */
    public String reason() {
        return reason;
    }
}
