package dev.melt.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A tree of kernel files that a test makes as it needs it. */
record FakeMachine(Path root) {
    FakeMachine file(String path, String content) {
        Path file = root.resolve(path.substring(1));
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    LocalDeviceDriver driver() {
        return new LocalDeviceDriver(root.resolve("work"), root, List.of());
    }
}
