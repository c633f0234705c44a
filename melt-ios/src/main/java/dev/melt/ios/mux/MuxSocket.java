package dev.melt.ios.mux;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.TimedOut;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One stream to usbmuxd, and through it to a service of a phone. Nothing on it waits beyond a deadline: it is closed then, and cannot be
 * used any more. One thread uses it; {@link #close} may come from another.
 */
public final class MuxSocket implements AutoCloseable {
    private static final ScheduledExecutorService DEADLINES = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "usbmux deadlines");
        thread.setDaemon(true);
        return thread;
    });

    private final String label;
    private final InputStream in;
    private final OutputStream out;
    private final AutoCloseable end;

    /**
     * A stream over others.
     *
     * @param label phone and kind of link, for messages
     * @param end closes what lies below, so that whoever waits on it fails
     */
    MuxSocket(String label, InputStream in, OutputStream out, AutoCloseable end) {
        this.label = label;
        this.in = in;
        this.out = out;
        this.end = end;
    }

    /** Talk over this stream. */
    public interface Talk<T> {
        T with(InputStream in, OutputStream out) throws IOException;
    }

    /**
     * Talks, to the end or to the deadline.
     *
     * @param what is done, for messages
     * @throws LinkLost when the stream breaks
     * @throws TimedOut when the deadline passes
     */
    public <T> T talk(String what, Duration deadline, Talk<T> talk) {
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> alarm = DEADLINES.schedule(
                () -> {
                    late.set(true);
                    close();
                },
                deadline.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return talk.with(in, out);
        } catch (IOException e) {
            close();
            throw broken(what, late.get(), deadline, e);
        } finally {
            alarm.cancel(false);
        }
    }

    private DeviceException broken(String what, boolean late, Duration deadline, IOException e) {
        String subject = "[" + label + "] " + what + ": ";
        if (late) {
            return new TimedOut(subject + "no answer within " + deadline.toSeconds() + " s", e);
        }
        return new LinkLost(
                subject + (e instanceof EOFException ? "the phone or usbmuxd closed the connection" : words(e)), e);
    }

    private static String words(IOException e) {
        return e.getMessage() == null ? "the connection broke" : e.getMessage();
    }

    /** What comes, for whoever waits without a deadline; {@link #close} ends that. */
    public InputStream stream() {
        return in;
    }

    /** Where it goes, likewise. */
    public OutputStream sink() {
        return out;
    }

    /** Phone and kind of link. */
    String label() {
        return label;
    }

    /** What closes that which lies below. */
    AutoCloseable end() {
        return end;
    }

    @Override
    public void close() {
        try {
            end.close();
        } catch (Exception gone) {
            // the other side went first: there is nothing left to end
        }
    }
}
