package dev.melt.virtual.adb;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** What a virtual device is told to do wrong. Safe for use by several threads; takes effect at once. */
public final class AdbFaults {
    private static final long NEVER = Long.MAX_VALUE;

    private final AtomicLong bytesUntilDrop = new AtomicLong(NEVER);
    private volatile boolean mute;
    private final AtomicBoolean corrupting = new AtomicBoolean();
    private volatile boolean refusing;
    private volatile String state = "device";

    /** The connection breaks when so many more bytes of data have come in. Once. */
    public void dropAfter(long bytes) {
        bytesUntilDrop.set(bytes);
    }

    /** Takes connections and packets and answers nothing, as a daemon does that hangs. */
    public void mute(boolean on) {
        mute = on;
    }

    /** Hangs up on whoever connects. */
    public void refuse(boolean on) {
        refusing = on;
    }

    /** One byte of the next file that comes in is changed. */
    public void corruptNextPush() {
        corrupting.set(true);
    }

    /** What the device says it is to those who connect from now on: {@code device}, {@code recovery}, {@code sideload}. */
    public void state(String word) {
        state = word;
    }

    /** As {@link #state(String)} set it. */
    public String state() {
        return state;
    }

    /** Whether what comes in now is to be changed; true once. */
    boolean takesCorruption() {
        return corrupting.getAndSet(false);
    }

    boolean isMute() {
        return mute;
    }

    boolean isRefusing() {
        return refusing;
    }

    /** Whether the connection is to break now. */
    boolean received(int bytes) {
        if (bytesUntilDrop.get() == NEVER) {
            return false;
        }
        if (bytesUntilDrop.addAndGet(-bytes) > 0) {
            return false;
        }
        bytesUntilDrop.set(NEVER);
        return true;
    }
}
