package dev.melt.ios.link;

import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.TransferListener;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.ios.mux.Afc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Copies files into an app's folder, whole or not at all. They grow under the name {@code TARGET.part}; a copy whose link broke goes on
 * at the byte where it broke, if what is there ends as the file does at that place.
 */
public record PhonePush(PhoneFiles files) {
    private static final int COMPARED = 1 << 16;
    private static final double GIGA = 1e9;

    /** What iOS wants to keep for itself. */
    private static final long RESERVE = 64L << 20;

    /**
     * Copies a file.
     *
     * @param target path on the phone; missing folders are made
     * @throws InvalidInputException when there is no room for it
     */
    public void push(Path source, String target, TransferListener listener) {
        try (FileChannel content = FileChannel.open(source, StandardOpenOption.READ)) {
            long size = Files.size(source);
            files.fresh(afc -> copied(afc, content, size, target, listener));
            listener.transferred(size, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean copied(Afc afc, FileChannel content, long size, String target, TransferListener listener) {
        String part = target + ".part";
        afc.makeFolder(target.substring(0, Math.max(1, target.lastIndexOf('/'))));
        try {
            long there = afc.info(part).map(Afc.Info::bytes).orElse(0L);
            long from = continues(afc, content, part, there, size) ? there : 0;
            if (from == 0) {
                afc.remove(part);
            }
            requireRoom(afc.freeBytes(), size - from, target);
            content.position(from);
            afc.append(
                    part,
                    from,
                    piece -> content.read(ByteBuffer.wrap(piece)),
                    done -> listener.transferred(Math.min(done, size), size));
            long arrived = afc.info(part).map(Afc.Info::bytes).orElse(0L);
            if (arrived != size) {
                throw new LinkLost(
                        "[" + files.link().label() + "] push " + target + ": " + arrived + " bytes arrived of " + size,
                        null);
            }
            afc.rename(part, target);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of this host's file
        }
    }

    private static boolean continues(Afc afc, FileChannel content, String part, long there, long size)
            throws IOException {
        if (there <= 0 || there > size) {
            return false;
        }
        long from = Math.max(0, there - COMPARED);
        ByteArrayOutputStream onPhone = new ByteArrayOutputStream();
        afc.read(part, from, onPhone, at -> {});
        ByteBuffer here = ByteBuffer.allocate((int) (there - from));
        while (here.hasRemaining() && content.read(here, from + here.position()) > 0) {
            // until it is full or the file ends
        }
        return Arrays.equals(here.array(), onPhone.toByteArray());
    }

    private void requireRoom(OptionalLong free, long bytes, String target) {
        if (free.isPresent() && free.getAsLong() < bytes + RESERVE) {
            throw new InvalidInputException(
                    "[" + files.link().label() + "] push " + target.substring(target.lastIndexOf('/') + 1),
                    giga(bytes) + " needed",
                    giga(free.getAsLong()) + " free on the phone",
                    "free space there: melt device gc " + files.link().name() + " --quota 1GB");
        }
    }

    private static String giga(long bytes) {
        return String.format(Locale.ROOT, "%.2f GB", bytes / GIGA);
    }
}
