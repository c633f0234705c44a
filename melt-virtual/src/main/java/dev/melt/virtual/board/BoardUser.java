package dev.melt.virtual.board;

import dev.melt.virtual.box.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * Who logs in at a board.
 *
 * @param rights whether {@code sudo} works without a password
 */
record BoardUser(String name, boolean rights) {
    private static final int NUMBER = 1000;
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** Where this machine can make a second user and let it become root again; else everybody is user 0. */
    static boolean isApart() {
        try {
            return Box.hasUsers()
                    && Files.readAllLines(Path.of("/proc/self/status")).stream()
                            .noneMatch(line -> line.matches("NoNewPrivs:\\s*1"));
        } catch (IOException e) {
            return false;
        }
    }

    /** The number to whom files are given. */
    OptionalInt owner() {
        return isApart() ? OptionalInt.of(NUMBER) : OptionalInt.empty();
    }

    int number() {
        return owner().orElse(0);
    }

    String home() {
        return "/home/" + name;
    }

    /** {@code NAME=VALUE} for every program. */
    List<String> environment() {
        return List.of(
                "PATH=" + PATH,
                "HOME=" + home(),
                "USER=" + name,
                "LOGNAME=" + name,
                "SHELL=/bin/sh",
                "LANG=C.UTF-8",
                "PWD=" + home());
    }
}
