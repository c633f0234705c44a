package dev.melt.virtual.ios.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What tells one boot from another. */
final class BootSession {
    private BootSession() {}

    /** In capitals, as iOS writes it. */
    static String ofThisMachine() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                    .strip()
                    .toUpperCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
