package dev.melt.virtual.ios;

import dev.melt.virtual.ios.device.AppProcess;
import dev.melt.virtual.ios.device.Iphone;
import dev.melt.virtual.ios.device.IphoneConditions;
import dev.melt.virtual.ios.mux.Cable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What can be made to go wrong with a virtual iPhone, for tests and for those who want to see what comes of it. Safe for several threads. */
public final class IphoneFaults {
    private final VirtualIphone virtual;
    private final Cable cable;

    IphoneFaults(VirtualIphone virtual, Cable cable) {
        this.virtual = virtual;
        this.cable = cable;
    }

    /** The cable is pulled when so many more bytes have come to the phone over it, and stays out. Once. */
    public void unplugAfter(long bytes) {
        cable.breakAfter(bytes, () -> virtual.plug(false));
    }

    /** The cable is pulled when so many more bytes have come to the phone, and put back at once. Once. */
    public void dropAfter(long bytes) {
        cable.breakAfter(bytes, this::drop);
    }

    /** The cable is pulled and put back at once. */
    public void drop() {
        virtual.plug(false);
        virtual.plug(true);
    }

    /** Nothing goes through the cable any more, and nobody is told; new connections are made, but nothing comes of them. */
    public void hang(boolean on) {
        cable.stall(on);
    }

    /**
     * Everything that runs ends, the phone is gone for a while and comes back: without the developers' image, and, where it was
     * locked, before anybody has entered the passcode. Returns when it is there.
     */
    public void reboot(Duration downtime) {
        virtual.plug(false);
        phone().runs().all().forEach(phone().runs()::kill);
        phone().conditions().imageSignature(Optional.empty());
        if (phone().conditions().lock() != IphoneConditions.Lock.OPEN) {
            phone().conditions().lock(IphoneConditions.Lock.BOOT);
        }
        try {
            Thread.sleep(downtime.toMillis());
            virtual.plug(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Fills the phone until so many bytes are left for data. */
    public void fillDisk(long bytesLeft) {
        phone().disk().fill(bytesLeft);
    }

    /** Takes away what {@link #fillDisk} put there. */
    public void freeDisk() {
        phone().disk().clear();
    }

    /** The phone forgets the hosts that it trusted: their sessions go on, no other begins. */
    public void unpair() throws IOException {
        phone().trusted().clear();
    }

    /**
     * The system ends the app that runs for want of memory, and says so in the log and in a report.
     *
     * @param reason such as {@code per-process-limit} or {@code vm-pageshortage}
     * @return its number; empty when none runs
     */
    public OptionalLong jetsam(String reason) {
        List<AppProcess> all = phone().runs().all();
        all.forEach(process -> phone().runs().jetsam(process, reason));
        return first(all);
    }

    /** The app that runs falls over a bad address; a report says so. Returns its number; empty when none runs. */
    public OptionalLong crash() {
        List<AppProcess> all = phone().runs().all();
        all.forEach(phone().runs()::crash);
        return first(all);
    }

    private static OptionalLong first(List<AppProcess> all) {
        return all.isEmpty() ? OptionalLong.empty() : OptionalLong.of(all.get(0).pid());
    }

    private Iphone phone() {
        return virtual.phone();
    }
}
