package dev.melt.virtual.ios.device;

import java.util.Optional;
import java.util.OptionalLong;

/** How a phone is set: what its owner, a developer or time did to it. Each can change while it runs; safe for use by several threads. */
public final class IphoneConditions {
    /** How far a passcode is in the way. */
    public enum Lock {
        /** Not at all. */
        OPEN,
        /** The screen is locked: nothing is launched, nobody is paired, no image is mounted. */
        SCREEN,
        /** The services of developers are refused too. */
        SERVICES,
        /** Nobody has entered the passcode since it started: no session begins. */
        BOOT
    }

    /** What the person answers who is asked whether this computer is to be trusted. */
    public enum Trust {
        ACCEPTED,
        /** Nothing yet. */
        PENDING,
        DENIED
    }

    /** Which keys the registry has for the battery. */
    public enum Keys {
        /** Those that this phone's gauge and its iOS have. */
        OWN,
        /** Everything at the top. */
        CLASSIC,
        /** Capacities in {@code BatteryData}, and neither voltage nor current. */
        HIDDEN
    }

    private volatile Lock lock = Lock.OPEN;
    private volatile Trust trust = Trust.ACCEPTED;
    private volatile boolean developerMode = true;
    private volatile Optional<byte[]> imageSignature = Optional.empty();
    private volatile IosRelease release;
    private volatile Keys keys = Keys.OWN;
    private volatile boolean taskAllowed = true;
    private volatile boolean entitled = true;
    private volatile boolean expired;
    private volatile boolean unsignedCurrent;
    private volatile boolean lowPower;
    private volatile String name;
    private volatile OptionalLong appBytes = OptionalLong.empty();
    private volatile long clockAheadMillis;

    /** A phone that is unlocked, trusting and made ready for developers. */
    public IphoneConditions(IosRelease release, String name) {
        this.release = release;
        this.name = name;
    }

    /** How far a passcode is in the way. */
    public Lock lock() {
        return lock;
    }

    /** Sets {@link #lock}. */
    public void lock(Lock now) {
        lock = now;
    }

    /** What is answered to the next that wants to be paired. */
    public Trust trust() {
        return trust;
    }

    /** Sets {@link #trust}. */
    public void trust(Trust now) {
        trust = now;
    }

    /** Whether Developer Mode is on, where iOS has it. */
    public boolean developerMode() {
        return developerMode || !release.hasDeveloperMode();
    }

    /** Sets {@link #developerMode}; an image that is mounted goes with it. */
    public void developerMode(boolean on) {
        developerMode = on;
        if (!developerMode()) {
            imageSignature = Optional.empty();
        }
    }

    /** The signature of the developer's disk image, while one is mounted. */
    public Optional<byte[]> imageSignature() {
        return imageSignature.map(byte[]::clone);
    }

    /** Sets {@link #imageSignature}. */
    public void imageSignature(Optional<byte[]> signature) {
        imageSignature = signature;
    }

    /** The iOS that runs. */
    public IosRelease release() {
        return release;
    }

    /** Sets {@link #release}. */
    public void release(IosRelease now) {
        release = now;
    }

    /** Which keys the registry has for the battery. */
    public Keys keys() {
        return keys;
    }

    /** Sets {@link #keys}. */
    public void keys(Keys now) {
        keys = now;
    }

    /** Whether apps are signed with {@code get-task-allow}. */
    public boolean taskAllowed() {
        return taskAllowed;
    }

    /** Sets {@link #taskAllowed}. */
    public void taskAllowed(boolean on) {
        taskAllowed = on;
    }

    /** Whether apps are signed with {@code com.apple.developer.kernel.increased-memory-limit}. */
    public boolean entitled() {
        return entitled;
    }

    /** Sets {@link #entitled}. */
    public void entitled(boolean on) {
        entitled = on;
    }

    /** Whether the provisioning profile of the apps has run out. */
    public boolean expired() {
        return expired;
    }

    /** Sets {@link #expired}. */
    public void expired(boolean on) {
        expired = on;
    }

    /** Whether negative currents are shown as if they were unsigned. */
    public boolean unsignedCurrent() {
        return unsignedCurrent;
    }

    /** Sets {@link #unsignedCurrent}. */
    public void unsignedCurrent(boolean on) {
        unsignedCurrent = on;
    }

    /** {@code ProcessInfo.isLowPowerModeEnabled}. */
    public boolean lowPower() {
        return lowPower;
    }

    /** Sets {@link #lowPower}. */
    public void lowPower(boolean on) {
        lowPower = on;
    }

    /** What its owner calls it. */
    public String name() {
        return name;
    }

    /** Sets {@link #name}. */
    public void name(String now) {
        name = now;
    }

    /** What an app may hold, where it is not what this kind of phone allows. */
    public OptionalLong appBytes() {
        return appBytes;
    }

    /** Sets {@link #appBytes}. */
    public void appBytes(OptionalLong bytes) {
        appBytes = bytes;
    }

    /** How far its wall clock is ahead of this machine's. */
    public long clockAheadMillis() {
        return clockAheadMillis;
    }

    /** Sets {@link #clockAheadMillis}. */
    public void clockAheadMillis(long millis) {
        clockAheadMillis = millis;
    }
}
