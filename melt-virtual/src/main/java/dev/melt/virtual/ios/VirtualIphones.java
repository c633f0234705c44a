package dev.melt.virtual.ios;

import dev.melt.virtual.ios.device.IphoneProfiles;
import dev.melt.virtual.ios.mux.Usbmuxd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The way in for programs: virtual iPhones by the name of their profile. Stateless. */
public final class VirtualIphones {
    private VirtualIphones() {}

    /** The names that {@link #start} knows, sorted. */
    public static List<String> names() {
        return IphoneProfiles.names();
    }

    /**
     * Starts a phone of that name on a usbmuxd of its own; {@link VirtualIphone#environment} is what the idevice tools need. It ends
     * when it is closed, or with this program.
     *
     * @param folder where its files lie and stay
     * @throws dev.melt.core.problem.InvalidInputException when there is no such profile
     */
    public static VirtualIphone start(String name, VirtualIphone.Options options, Path folder) throws IOException {
        return VirtualIphone.start(IphoneProfiles.named(name), options, folder);
    }

    /** The same on a usbmuxd that others use too, and that stays when the phone ends. */
    public static VirtualIphone start(String name, VirtualIphone.Options options, Path folder, Usbmuxd usbmuxd)
            throws IOException {
        return VirtualIphone.start(IphoneProfiles.named(name), options, folder, usbmuxd);
    }
}
