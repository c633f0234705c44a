package dev.melt.android.adb;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.melt.core.device.TransferListener;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies files from a device with adb's sync service; a target is replaced when all of it is there. */
record AdbPull(AdbLink link) {
    void pull(String source, Path target, TransferListener listener) {
        try {
            Path absolute = target.toAbsolutePath();
            Path folder = absolute.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path part = absolute.resolveSibling(absolute.getFileName() + ".part");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                link.receive(source, out, received -> listener.transferred(received, received));
            } catch (IOException e) {
                Files.deleteIfExists(part); // what a trial writes may still grow: a part of it is no beginning
                throw e;
            }
            Files.move(part, absolute, ATOMIC_MOVE, REPLACE_EXISTING);
        } catch (IOException e) {
            throw AdbFailure.during(link.serial(), "pull " + source, e);
        }
    }
}
