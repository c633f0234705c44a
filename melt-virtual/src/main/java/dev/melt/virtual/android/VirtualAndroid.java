package dev.melt.virtual.android;

import dev.melt.virtual.adb.AdbFaults;
import dev.melt.virtual.adb.AdbKeys;
import dev.melt.virtual.adb.Adbd;
import dev.melt.virtual.box.Box;
import dev.melt.virtual.machine.BoxLoad;
import dev.melt.virtual.machine.Heart;
import dev.melt.virtual.machine.MachineTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;

/**
 * A phone that is not there: a box that looks like Android to a shell, adb's daemon before it, and a small physical model behind its
 * gauges. The adb server of this machine connects to {@link #address}; what runs on the phone really runs, on this machine's
 * processors. It says of itself that it is virtual: {@code ro.melt.virtual=1}.
 *
 * <p>Starts when it is made, ends with {@link #close}; its folder keeps its files for a phone that is made there again. Safe for use
 * by several threads.
 */
public final class VirtualAndroid implements AutoCloseable {
    /** The user that adb's shell is on Android. */
    private static final int SHELL = 2000;

    private static final Duration UP_SINCE = Duration.ofHours(76);
    private static final Duration AFTER_BOOT = Duration.ofSeconds(24);
    private static final Duration DOWNTIME = Duration.ofSeconds(3);
    private static final String REBOOT = "/virtual/state/reboot";

    /**
     * How a phone is to be.
     *
     * @param seed of its noise and of its serial number
     * @param pace how fast its battery and its temperatures live; 1 is as fast as a real one's
     * @param dataBytes room under {@code /data}, which lies in this machine's memory then; empty: what the disk has
     * @param rooted whether its shell is root
     * @param wallClock whether its wall clock is its own, so that it can be made to jump: each program that looks at the clock pays
     *     for it
     * @param settingsDenied whether {@code settings put} is refused, as on phones that ask their owner in a menu of their own first
     */
    public record Options(
            long seed, double pace, OptionalLong dataBytes, boolean rooted, boolean wallClock, boolean settingsDenied) {
        /** A phone as it is bought. */
        public static final Options PLAIN = new Options(1, 1, OptionalLong.empty(), false, false, false);

        public Options {
            if (!(pace > 0) || pace > 10_000) {
                throw new IllegalArgumentException("pace must be above 0 and at most 10000, was " + pace);
            }
        }

        public Options withSeed(long other) {
            return new Options(other, pace, dataBytes, rooted, wallClock, settingsDenied);
        }

        public Options withPace(double other) {
            return new Options(seed, other, dataBytes, rooted, wallClock, settingsDenied);
        }

        public Options withData(long bytes) {
            return new Options(seed, pace, OptionalLong.of(bytes), rooted, wallClock, settingsDenied);
        }

        public Options withRoot() {
            return new Options(seed, pace, dataBytes, true, wallClock, settingsDenied);
        }

        /** With a wall clock of its own; needs Debian's {@code faketime}. */
        public Options withWallClock() {
            return new Options(seed, pace, dataBytes, rooted, true, settingsDenied);
        }

        /** As a Xiaomi whose "USB debugging (Security settings)" is off. */
        public Options withDeniedSettings() {
            return new Options(seed, pace, dataBytes, rooted, wallClock, true);
        }

        private List<String> quirks() {
            return settingsDenied ? List.of("settings-denied") : List.of();
        }
    }

    private final PhoneProfile profile;
    private final Box box;
    private final MachineTree tree;
    private final PhoneLife life;
    private final PhoneBody body;
    private final Random boots;
    private final Optional<WallClock> wallClock;
    private final String serial;
    private final AdbFaults linkFaults = new AdbFaults();
    private final AdbKeys keys = new AdbKeys();
    private final PhoneFaults faults;
    private final Adbd adbd;
    private final Heart heart;

    /**
     * Boots a phone.
     *
     * @param folder where its files lie; made when it is missing
     */
    public VirtualAndroid(PhoneProfile profile, Path folder, Options options) throws IOException {
        this.profile = profile;
        this.boots = new Random(options.seed());
        this.serial = String.format(Locale.ROOT, "VIRTUAL%08X", new Random(options.seed()).nextInt());
        this.box = new Box(folder);
        options.dataBytes().ifPresent(bytes -> box.limit("data", bytes));
        Path top = box.onHost("");
        this.tree = new MachineTree(
                top, top.resolveSibling("spare"), Box.hasUsers() ? OptionalInt.of(SHELL) : OptionalInt.empty());
        this.body = new PhoneBody(profile, options.seed());
        BoxLoad load = new BoxLoad(box);
        this.life = new PhoneLife(profile, tree, body, load::sinceLast, options.pace());
        new SystemImage(profile, tree).write(serial, options.rooted(), options.quirks());
        this.wallClock = options.wallClock() ? Optional.of(new WallClock(tree)) : Optional.empty();
        mounts(folder);
        boot(UP_SINCE);
        this.faults = new PhoneFaults(this, box, linkFaults, keys);
        this.adbd = new Adbd(
                new PhoneDevice(
                        profile,
                        box,
                        tree,
                        serial,
                        options.rooted() ? 0 : SHELL,
                        wallClock.map(WallClock::environment).orElse(List.of()),
                        linkFaults,
                        this::rebootLater),
                linkFaults,
                keys);
        this.heart = new Heart("virtual phone " + serial, this::beat);
    }

    /** What a person gives to {@code adb connect}: also its serial number for {@code adb -s}. */
    public String address() {
        return adbd.address();
    }

    /** Its {@code ro.serialno}. */
    public String serial() {
        return serial;
    }

    public PhoneProfile profile() {
        return profile;
    }

    /** What can be made to go wrong. */
    public PhoneFaults faults() {
        return faults;
    }

    /** Where a path of the phone lies on this machine. */
    public Path onHost(String path) {
        return new PhonePaths(box).onHost(path);
    }

    /** Sets the battery's state of charge, 0 to 1. */
    public void batteryLevel(double share) {
        change(() -> body.level(share));
    }

    /** Puts the phone on a charger, or takes it off; the link of adb stays, as over Wi-Fi. */
    public void plug(boolean on) {
        change(() -> body.plug(on));
    }

    /** Brings the whole phone to a temperature in °C, from which it cools or warms as usual. */
    public void warm(double degrees) {
        change(() -> body.warm(degrees));
    }

    /**
     * Ends everything that runs on it, breaks the link, and boots it again after a while in which nobody can connect. Returns when it
     * is up.
     */
    public synchronized void reboot(Duration downtime) {
        linkFaults.refuse(true);
        adbd.dropConnections();
        box.stop();
        try {
            Thread.sleep(downtime.toMillis());
            boot(AFTER_BOOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            linkFaults.refuse(false);
        }
    }

    /** Pulls the cable for a moment: the link breaks, and hosts may connect again. */
    public void dropLink() {
        adbd.dropConnections();
    }

    @Override
    public void close() throws IOException {
        heart.close();
        adbd.close();
        box.close();
    }

    MachineTree tree() {
        return tree;
    }

    /** What its wall clock shows. */
    Instant wallTime() {
        return wallClock.map(WallClock::now).orElseGet(Instant::now);
    }

    /** Where it has a wall clock of its own. */
    Optional<WallClock> wallClock() {
        return wallClock;
    }

    private void change(Runnable act) {
        try {
            life.change(act);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void mounts(Path folder) throws IOException {
        Files.writeString(folder.resolve("setup.sh"), """
                [ ! -d "$ROOT/dev/shm" ] || mount -t tmpfs -o mode=1777 none "$ROOT/dev/shm"
                mount --bind "$FILES/data/media/0" "$ROOT/storage/emulated/0"
                mount -o remount,bind,noexec,nosuid,nodev "$ROOT/storage/emulated/0"
                mount -o remount,bind,ro "$ROOT/system"
                """);
    }

    /** What does not outlive a boot is cleared: overrides, wake locks, the log. */
    private void boot(Duration uptime) throws IOException {
        byte[] id = new byte[16];
        boots.nextBytes(id);
        tree.put("/proc/sys/kernel/random/boot_id", UUID.nameUUIDFromBytes(id).toString());
        for (String name :
                new String[] {"battery_override", "thermal_override", "fixed_performance", "deviceidle", "reboot"}) {
            Files.deleteIfExists(tree.at("/virtual/state/" + name));
        }
        Files.writeString(tree.at("/virtual/state/logcat"), "");
        life.boot();
        box.start(uptime);
    }

    /** As the program {@code reboot} does; returns at once. */
    private void rebootLater() {
        try {
            tree.put(REBOOT, serial + " " + System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void beat() throws IOException {
        if (tree.taken(REBOOT)) {
            reboot(DOWNTIME);
        }
        life.beat();
    }
}
