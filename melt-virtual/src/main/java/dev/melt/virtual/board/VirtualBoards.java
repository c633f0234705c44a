package dev.melt.virtual.board;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.virtual.box.Box;
import dev.melt.virtual.ssh.Sshd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The way in for programs: virtual boards by the name of their profile. Stateless. */
public final class VirtualBoards {
    private VirtualBoards() {}

    /** The names that {@link #start} knows, sorted. */
    public static List<String> names() {
        return BoardProfiles.names();
    }

    /** Why this machine cannot run a virtual board; empty when it can. */
    public static Optional<String> obstacle() {
        Optional<String> daemon = Sshd.obstacle();
        return daemon.isPresent() ? daemon : Box.obstacle();
    }

    /**
     * Boots a board of that name; {@link VirtualBoard#sshConfig} is what {@code ssh -F} needs. It ends when it is closed, or with this
     * program.
     *
     * @param folder where its files lie and stay
     * @throws InvalidInputException when there is no such profile, or this machine cannot run it
     */
    public static VirtualBoard start(String name, Path folder) throws IOException {
        return start(name, folder, VirtualBoard.Options.PLAIN);
    }

    /** The same, of a certain make. */
    public static VirtualBoard start(String name, Path folder, VirtualBoard.Options options) throws IOException {
        return start(name, name, folder, options);
    }

    /** The same under a name of its own, for two of one kind: {@code orin-agx-2} has the alias {@code virtual-orin-agx-2}. */
    public static VirtualBoard start(String kind, String name, Path folder, VirtualBoard.Options options)
            throws IOException {
        BoardProfile profile = BoardProfiles.named(kind);
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            throw new InvalidInputException(
                    "virtual board " + name,
                    "a Linux with namespaces and OpenSSH's daemon needed",
                    obstacle.get(),
                    "use a Linux host, as root or with unprivileged user namespaces allowed, and apt-get install openssh-server");
        }
        return new VirtualBoard(name, profile, folder, options);
    }
}
