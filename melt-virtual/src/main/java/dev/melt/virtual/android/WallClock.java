package dev.melt.virtual.android;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.virtual.machine.MachineTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A wall clock that is ahead of this machine's or behind it, for everything that runs on one phone: Linux has no namespace for that
 * clock, so a library (Debian's {@code libfaketime}) stands between programs and it. It reads the distance anew at every look.
 * Monotonic and boot clocks, {@code /proc/uptime} and the times of files stay true. Safe for use by several threads.
 */
final class WallClock {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String NAME = "faketime/libfaketimeMT.so.1";
    private static final String DISTANCE = "/virtual/wallclock";

    private final MachineTree tree;
    private final Path library;
    private Duration ahead = Duration.ZERO;

    /**
     * A clock that shows this machine's time.
     *
     * @throws InvalidInputException when the library is not there
     */
    WallClock(MachineTree tree) throws IOException {
        this.tree = tree;
        this.library = library()
                .orElseThrow(() -> new InvalidInputException(
                        "a virtual phone with a wall clock of its own",
                        "libfaketime needed",
                        "there is no " + NAME + " below " + LIBRARIES,
                        "apt-get install faketime"));
        show();
    }

    /** Whether such clocks can be made here. */
    static Optional<Path> library() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(LIBRARIES, "*-linux-gnu*")) {
            for (Path folder : folders) {
                Path file = folder.resolve(NAME);
                if (Files.isReadable(file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    /** {@code NAME=VALUE} for each program of the phone. */
    List<String> environment() {
        return List.of(
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + DISTANCE,
                "FAKETIME_NO_CACHE=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "NO_FAKE_STAT=1");
    }

    /** Sets it forward, or back by a negative step. */
    synchronized void jump(Duration step) throws IOException {
        ahead = ahead.plus(step);
        show();
    }

    synchronized Instant now() {
        return Instant.now().plus(ahead);
    }

    private void show() throws IOException {
        tree.put(DISTANCE, String.format(Locale.ROOT, "%+.3f", ahead.toMillis() / 1e3));
    }
}
