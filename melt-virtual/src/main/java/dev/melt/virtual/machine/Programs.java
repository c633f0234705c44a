package dev.melt.virtual.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/**
 * Puts the scripts that are a device's programs where they belong.
 *
 * @param beside the class beside which they lie as resources
 */
public record Programs(Class<?> beside, MachineTree tree) {
    /** One of them, executable by all. */
    public void put(String resource, String path) throws IOException {
        try (InputStream text = beside.getResourceAsStream(resource)) {
            if (text == null) {
                throw new IllegalStateException(resource + " is missing from the program");
            }
            Files.createDirectories(tree.at(path).getParent());
            Files.deleteIfExists(tree.at(path));
            Files.write(tree.at(path), text.readAllBytes());
            tree.mode(path, "rwxr-xr-x");
        }
    }
}
