package dev.melt.ios.link;

import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.TransferListener;
import dev.melt.ios.mux.Afc;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Copies files from an app's folder to this host. */
public record PhonePull(PhoneFiles files) {
    /**
     * Brings a file, and puts it in the place of another one only when it is whole.
     *
     * @throws ProtocolViolation when there is no such file
     */
    public void pull(String source, Path target, TransferListener listener) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            files.with(afc -> {
                Optional<Afc.Info> info = afc.info(source);
                if (info.isEmpty() || info.get().folder()) {
                    throw new ProtocolViolation(
                            "[" + files.link().label() + "] pull " + source + ": there is no such file", null);
                }
                write(
                        afc,
                        source,
                        0,
                        part,
                        at -> listener.transferred(at, Math.max(at, info.get().bytes())));
                return true;
            });
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Brings what a file has that only grows, behind what is here of it already.
     *
     * @param size that it has on the phone at least
     */
    public void follow(String source, Path target, long size) {
        long here = length(target);
        if (here < size) {
            files.with(afc -> write(afc, source, length(target), target, at -> {}));
        } else if (here > size) { // another file of that name
            pull(source, target, TransferListener.NONE);
        }
    }

    private static boolean write(Afc afc, String source, long from, Path target, Afc.Progress progress) {
        try (OutputStream out = Files.newOutputStream(
                target,
                StandardOpenOption.CREATE,
                from == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND,
                StandardOpenOption.WRITE)) {
            afc.read(source, from, out, progress);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long length(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
