package dev.melt.virtual.ios.app;

import dev.melt.virtual.ios.app.PhoneApp.PhoneSenses;
import java.util.concurrent.atomic.AtomicLong;

/** A phone that lies on a table, and keeps what its app told it. */
final class FixedSenses implements PhoneSenses {
    private static final long LIMIT = 3L << 30;

    private double mostProcessors;
    private double processors;
    private final AtomicLong mostBytes = new AtomicLong();

    @Override
    public int thermalState() {
        return 1;
    }

    @Override
    public double batteryLevel() {
        return 0.85;
    }

    @Override
    public boolean plugged() {
        return true;
    }

    @Override
    public boolean lowPowerMode() {
        return false;
    }

    @Override
    public long availableBytes(long footprint) {
        return LIMIT - footprint;
    }

    @Override
    public synchronized void working(double share) {
        processors = share;
        mostProcessors = Math.max(mostProcessors, share);
    }

    @Override
    public void holding(long footprint) {
        mostBytes.accumulateAndGet(footprint, Math::max);
    }

    synchronized double processors() {
        return processors;
    }

    synchronized double mostProcessors() {
        return mostProcessors;
    }

    long mostBytes() {
        return mostBytes.get();
    }
}
