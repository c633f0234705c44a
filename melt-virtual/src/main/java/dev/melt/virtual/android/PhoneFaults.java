package dev.melt.virtual.android;

import dev.melt.virtual.adb.AdbFaults;
import dev.melt.virtual.adb.AdbKeys;
import dev.melt.virtual.box.Box;
import dev.melt.virtual.machine.BoxProcesses;
import dev.melt.virtual.machine.Filler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalInt;

/** What can be made to go wrong with a virtual phone, for tests and for those who want to see what comes of it. Safe for several threads. */
public final class PhoneFaults {
    private final VirtualAndroid phone;
    private final Box box;
    private final AdbFaults link;
    private final AdbKeys keys;

    PhoneFaults(VirtualAndroid phone, Box box, AdbFaults link, AdbKeys keys) {
        this.phone = phone;
        this.box = box;
        this.link = link;
        this.keys = keys;
    }

    /** The link breaks when so many more bytes of data have come from the host. Once; hosts may connect again. */
    public void dropAfter(long bytes) {
        link.dropAfter(bytes);
    }

    /** The cable is pulled and put back at once. */
    public void drop() {
        phone.dropLink();
    }

    /** The daemon takes what comes and answers nothing. */
    public void hang(boolean on) {
        link.mute(on);
    }

    /** The link breaks and nobody can connect, until this is called with false: adb lists it as offline. */
    public void offline(boolean on) {
        link.refuse(on);
        if (on) {
            phone.dropLink();
        }
    }

    /** The phone has not allowed this host: adb lists it as unauthorized from the next connection on, which this forces. */
    public void unauthorised() {
        keys.ask(false);
        phone.dropLink();
    }

    /** The person at the phone allows the host. */
    public void authorise() {
        keys.ask(true);
        phone.dropLink();
    }

    /** The phone says that it is in another state, such as {@code recovery} or {@code sideload}; {@code device} is the usual one. */
    public void state(String word) {
        link.state(word);
        phone.dropLink();
    }

    /** One byte of the next file that is pushed arrives as another. */
    public void corruptNextPush() {
        link.corruptNextPush();
    }

    /**
     * Fills {@code /data} until so many bytes are left.
     *
     * @throws IllegalStateException when the phone was made without a limit, since this machine's disk would be filled
     */
    public void fillDisk(long bytesLeft) throws IOException {
        if (!box.isLimited()) {
            throw new IllegalStateException("only a phone with a limited /data can be filled: Options.withData");
        }
        filler().fill(bytesLeft);
    }

    /** Takes away what {@link #fillDisk} put there. */
    public void freeDisk() throws IOException {
        filler().free();
    }

    /**
     * Somebody sets the wall clock, forward or back; the boot clock goes on as if nothing had happened.
     *
     * @throws IllegalStateException when the phone was made without a wall clock of its own, since this machine's is not to be set
     */
    public void jumpClock(Duration step) throws IOException {
        phone.wallClock()
                .orElseThrow(() -> new IllegalStateException(
                        "only a phone with a wall clock of its own can be set: Options.withWallClock"))
                .jump(step);
    }

    /** Everything that runs ends, the link breaks, the phone boots again; returns when it is up. */
    public void reboot(Duration downtime) {
        phone.reboot(downtime);
    }

    /**
     * Kills the largest process that is no shell, and says so in the log, as lmkd does when memory runs out.
     *
     * @return its number in the phone; empty when there was none
     */
    public OptionalInt killEngine() throws IOException {
        return new BoxProcesses(box)
                .killLargest(victim -> log(String.format(
                        Locale.ROOT,
                        "lowmemorykiller: Kill '%s' (%d), uid 2000, oom_score_adj 800 to free %dkB rss, 0kB swap;"
                                + " reason: low watermark is breached and swap is low (0kB < 0kB)",
                        victim.name(),
                        victim.pid(),
                        victim.residentBytes() / 1024)));
    }

    private Filler filler() {
        return new Filler(phone.onHost("/data"));
    }

    private void log(String text) throws IOException {
        Instant now = phone.wallTime();
        String line = String.format(
                Locale.ROOT, "%d.%06d main 512 512 I %s%n", now.getEpochSecond(), now.getNano() / 1000, text);
        Files.writeString(phone.tree().at("/virtual/state/logcat"), line, StandardOpenOption.APPEND);
    }
}
