package dev.melt.ios.link;

import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.DeviceException.TimedOut;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.ios.mux.Afc;
import dev.melt.ios.mux.AfcException;
import dev.melt.ios.mux.Lockdown;
import java.util.Optional;
import java.util.function.Function;

/**
 * The {@code Documents} of one app on a phone. Keeps a connection from call to call; one that broke in between is opened again. Safe for
 * use by several threads, one at a time.
 */
public final class PhoneFiles implements AutoCloseable {
    private final PhoneLink link;
    private final String bundle;
    private Optional<Afc> open = Optional.empty();

    public PhoneFiles(PhoneLink link, String bundle) {
        this.link = link;
        this.bundle = bundle;
    }

    /** The phone. */
    public PhoneLink link() {
        return link;
    }

    /**
     * Does something with the files that may be done again: over a connection that was left open, and once more over a new one when that
     * had gone meanwhile.
     */
    public synchronized <T> T with(Function<Afc, T> work) {
        if (open.isPresent()) {
            try {
                return done(open.get(), work);
            } catch (LinkLost | TimedOut stale) {
                close();
            }
        }
        return fresh(work);
    }

    /** Does something over a new connection, so that it is begun once. */
    public synchronized <T> T fresh(Function<Afc, T> work) {
        close();
        Afc afc = connect();
        open = Optional.of(afc);
        try {
            return done(afc, work);
        } catch (LinkLost | TimedOut gone) {
            close();
            throw gone;
        }
    }

    private <T> T done(Afc afc, Function<Afc, T> work) {
        try {
            return work.apply(afc);
        } catch (AfcException refused) {
            if (refused.isNoSpace()) {
                throw new InvalidInputException(
                        "[" + link.label() + "] files of " + bundle,
                        "room on the phone needed",
                        String.valueOf(refused.getMessage()),
                        "free space there: melt device gc " + link.name() + " --quota 1GB");
            }
            throw new ProtocolViolation(String.valueOf(refused.getMessage()), refused);
        }
    }

    private Afc connect() {
        try (Lockdown lockdown = link.lockdown()) {
            return Refusals.asDeviceException(link.label(), () -> Afc.documents(lockdown, link.label(), bundle));
        }
    }

    @Override
    public synchronized void close() {
        open.ifPresent(Afc::close);
        open = Optional.empty();
    }
}
