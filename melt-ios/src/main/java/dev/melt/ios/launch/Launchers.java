package dev.melt.ios.launch;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.ios.link.PhoneLink;
import dev.melt.ios.tool.IdeviceTool;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses how apps are started: the phone's debugserver up to iOS 16; from iOS 17 on, where that is gone, a program of this host that builds
 * the tunnel.
 */
public final class Launchers {
    /** The variable that names one. */
    public static final String VARIABLE = "MELT_IOS_LAUNCHER";

    /** The first iOS whose developer services need a tunnel. */
    public static final int TUNNEL_FROM = 17;

    private Launchers() {}

    /**
     * The one for a phone; empty when this host has none for it.
     *
     * @param ios its version, such as {@code 16.5}
     * @throws InvalidInputException when the variable names one that is not known or not there
     */
    public static Optional<Launcher> choose(String ios, PhoneLink link, IdeviceTool tool) {
        String wanted = tool.environment().getOrDefault(VARIABLE, "");
        if (!wanted.isEmpty()) {
            return Optional.of(named(wanted, link, tool));
        }
        if (major(ios) < TUNNEL_FROM) {
            return Optional.of(new DebugserverLauncher(link));
        }
        return ProgramLauncher.Kind.all()
                .filter(kind -> kind.isThere(tool))
                .findFirst()
                .map(kind -> new ProgramLauncher(kind, link, tool));
    }

    private static Launcher named(String wanted, PhoneLink link, IdeviceTool tool) {
        if (wanted.equals(DebugserverLauncher.NAME)) {
            return new DebugserverLauncher(link);
        }
        return ProgramLauncher.Kind.all()
                .filter(kind -> kind.word().equals(wanted) && kind.isThere(tool))
                .findFirst()
                .map(kind -> new ProgramLauncher(kind, link, tool))
                .orElseThrow(() -> new InvalidInputException(
                        VARIABLE,
                        "one of " + String.join(", ", words()) + " expected, and its program on the PATH",
                        "found '" + wanted + "'",
                        "correct it, install it or unset it"));
    }

    private static List<String> words() {
        return Stream.concat(
                        Stream.of(DebugserverLauncher.NAME),
                        ProgramLauncher.Kind.all().map(ProgramLauncher.Kind::word))
                .collect(Collectors.toList());
    }

    /** The number before the first dot; 0 where there is none. */
    public static int major(String ios) {
        String number = ios.split("\\.", -1)[0];
        return number.matches("[0-9]{1,3}") ? Integer.parseInt(number) : 0;
    }
}
