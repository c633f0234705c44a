package dev.melt.virtual.ios.device;

import dev.melt.virtual.ios.app.PhoneApp;

/** What one app's sandbox lets it see of the phone. Safe for use by several threads. */
final class AppSenses implements PhoneApp.PhoneSenses {
    private final Iphone phone;
    private final InstalledApp app;
    private volatile long footprint;
    private volatile boolean ended;

    AppSenses(Iphone phone, InstalledApp app) {
        this.phone = phone;
        this.app = app;
    }

    /** What it said last that it holds, in bytes. */
    long footprint() {
        return footprint;
    }

    @Override
    public int thermalState() {
        return phone.life().thermalState();
    }

    @Override
    public double batteryLevel() {
        return phone.life().state().percent() / 100.0;
    }

    @Override
    public boolean plugged() {
        return phone.life().state().fed();
    }

    @Override
    public boolean lowPowerMode() {
        return phone.conditions().lowPower();
    }

    /** Whoever says here that it holds more than it may is ended, on another thread. */
    @Override
    public long availableBytes(long holds) {
        footprint = holds;
        long left = phone.appBytes() - holds;
        if (left < 0 && !ended) {
            ended = true;
            Thread thread = new Thread(
                    () -> phone.runs()
                            .named(app.bundleId())
                            .ifPresent(process -> phone.runs().jetsam(process, "per-process-limit")),
                    "jetsam");
            thread.setDaemon(true);
            thread.start();
        }
        return Math.max(0, left);
    }

    @Override
    public void working(double processors) {
        phone.life().working(processors);
    }
}
