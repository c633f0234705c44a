package dev.melt.virtual.board;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.virtual.machine.ProfileFiles;
import java.util.List;

/** The kinds of board that MELT brings. */
public final class BoardProfiles {
    private static final ProfileFiles<BoardProfile> FILES = new ProfileFiles<>(
            "virtual board",
            BoardProfile.class,
            List.of("nano", "orin-agx", "orin-nano", "raspberry-pi-5", "thor", "xavier-agx"));

    private BoardProfiles() {}

    /** Their names, sorted. */
    public static List<String> names() {
        return FILES.names();
    }

    /**
     * One by its name.
     *
     * @throws InvalidInputException when there is none of that name
     */
    public static BoardProfile named(String name) {
        return FILES.named(name);
    }
}
