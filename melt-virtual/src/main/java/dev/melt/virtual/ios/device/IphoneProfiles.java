package dev.melt.virtual.ios.device;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.virtual.machine.ProfileFiles;
import java.util.List;

/** The kinds of iPhone that MELT brings. */
public final class IphoneProfiles {
    private static final ProfileFiles<IphoneProfile> FILES = new ProfileFiles<>(
            "virtual phone",
            IphoneProfile.class,
            List.of("iphone11", "iphone14pro", "iphone15pro", "iphone17", "iphone7"));

    private IphoneProfiles() {}

    /** Their names, sorted. */
    public static List<String> names() {
        return FILES.names();
    }

    /**
     * One by its name.
     *
     * @throws InvalidInputException when there is none of that name
     */
    public static IphoneProfile named(String name) {
        return FILES.named(name);
    }
}
