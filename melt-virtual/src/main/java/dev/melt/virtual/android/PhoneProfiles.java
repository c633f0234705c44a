package dev.melt.virtual.android;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.virtual.machine.ProfileFiles;
import java.util.List;

/** The kinds of phone that MELT brings. */
public final class PhoneProfiles {
    private static final ProfileFiles<PhoneProfile> FILES = new ProfileFiles<>(
            "virtual phone", PhoneProfile.class, List.of("android-6", "galaxy-s24", "pixel8", "xiaomi-14"));

    private PhoneProfiles() {}

    /** Their names, sorted. */
    public static List<String> names() {
        return FILES.names();
    }

    /**
     * One by its name.
     *
     * @throws InvalidInputException when there is none of that name
     */
    public static PhoneProfile named(String name) {
        return FILES.named(name);
    }
}
