package dev.melt.virtual.android;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.virtual.box.Box;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The way in for programs: virtual phones by the name of their profile. Stateless. */
public final class VirtualDevices {
    private VirtualDevices() {}

    /** The names that {@link #start} knows, sorted. */
    public static List<String> names() {
        return PhoneProfiles.names();
    }

    /** Why this machine cannot run a virtual phone; empty when it can. */
    public static Optional<String> obstacle() {
        return Box.obstacle();
    }

    /**
     * Boots a phone of that name; {@link VirtualAndroid#address} is what {@code adb connect} needs. It ends when it is closed, or with
     * this program.
     *
     * @param folder where its files lie and stay
     * @throws InvalidInputException when there is no such profile, or this machine cannot run it
     */
    public static VirtualAndroid start(String name, Path folder) throws IOException {
        return start(name, folder, VirtualAndroid.Options.PLAIN);
    }

    /** The same, of a certain make. */
    public static VirtualAndroid start(String name, Path folder, VirtualAndroid.Options options) throws IOException {
        PhoneProfile profile = PhoneProfiles.named(name);
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            throw new InvalidInputException(
                    "virtual phone " + name,
                    "a Linux with namespaces needed",
                    obstacle.get(),
                    "use a Linux host, as root or with unprivileged user namespaces allowed");
        }
        return new VirtualAndroid(profile, folder, options);
    }
}
