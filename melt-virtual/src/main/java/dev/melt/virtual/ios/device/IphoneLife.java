package dev.melt.virtual.ios.device;

import java.time.Duration;
import java.util.OptionalInt;

/** Lets a phone's body live. Its state is guarded by this object. */
public final class IphoneLife {
    private final IphoneBody body;
    private final double pace;
    private final long gaugeNanos;
    private long lastNanos = System.nanoTime();
    private long gaugedNanos = lastNanos;
    private long gaugedAtMillis = System.currentTimeMillis();
    private double processors;
    private boolean cable;
    private boolean cableFeeds;
    private OptionalInt forced = OptionalInt.empty();
    private IphoneState now;
    private IphoneState gauge;

    /**
     * A life that begins.
     *
     * @param pace how many seconds pass in the body for one of this machine's
     * @param gauge how often the battery's gauge is read
     * @param cableFeeds whether power comes through the cable
     */
    public IphoneLife(IphoneProfile profile, long seed, double pace, Duration gauge, boolean cableFeeds) {
        this.body = new IphoneBody(profile, seed);
        this.pace = pace;
        this.gaugeNanos = gauge.toNanos();
        this.cableFeeds = cableFeeds;
        body.step(0, 0, false);
        this.now = body.state(false, false);
        this.gauge = now;
    }

    /** What the gauge read when it last did. */
    public synchronized IphoneState gauge() {
        beat();
        return gauge;
    }

    /** When the gauge was last read, in seconds since 1970 of this machine's clock. */
    public synchronized long gaugeSeconds() {
        return gaugedAtMillis / 1000;
    }

    /** How things are now. */
    public synchronized IphoneState state() {
        beat();
        return now;
    }

    /** {@code ProcessInfo.thermalState}. */
    public synchronized int thermalState() {
        beat();
        return forced.orElse(now.thermalState());
    }

    /** Holds the thermal state, as a developer can in Settings; empty lets it follow the heat again. */
    public synchronized void forceThermalState(OptionalInt state) {
        forced = state;
    }

    /** How many processors are busy from now on. */
    public synchronized void working(double busy) {
        beat();
        processors = busy;
    }

    /** The cable is put in or taken out. */
    public synchronized void plug(boolean on) {
        change(() -> cable = on);
    }

    /** Whether power comes through the cable, once it is in. */
    public synchronized void feed(boolean on) {
        change(() -> cableFeeds = on);
    }

    /** Sets the state of charge, 0 to 1. */
    public synchronized void level(double share) {
        change(() -> body.level(share));
    }

    /** Sets all temperatures, in °C. */
    public synchronized void warm(double degrees) {
        change(() -> body.warm(degrees));
    }

    /** Lets the time pass that has passed. */
    public synchronized void beat() {
        long nanos = System.nanoTime();
        boolean fed = cable && cableFeeds;
        body.step((nanos - lastNanos) / 1e9 * pace, processors, fed);
        lastNanos = nanos;
        now = body.state(cable, fed);
        if (nanos - gaugedNanos >= gaugeNanos) {
            read(nanos);
        }
    }

    private void change(Runnable act) {
        beat();
        act.run();
        beat();
        read(lastNanos);
    }

    private void read(long nanos) {
        gauge = now;
        gaugedNanos = nanos;
        gaugedAtMillis = System.currentTimeMillis();
    }
}
