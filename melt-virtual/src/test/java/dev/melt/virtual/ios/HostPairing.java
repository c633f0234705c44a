package dev.melt.virtual.ios;

import dev.melt.virtual.ios.VirtualIphone.Options;
import dev.melt.virtual.ios.device.IphoneProfiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pairing that was made once, by the real tool, and is given to phones that are to be paired from the beginning: to make one takes
 * a while.
 *
 * @param record what the host keeps
 * @param trusted what the phone keeps
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HostPairing(byte[] record, List<Kept> trusted) {
    private static @Nullable HostPairing made;

    /** A file. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Kept(String name, byte[] content) {}

    /** The one for all. */
    static synchronized HostPairing get() throws Exception {
        HostPairing known = made;
        if (known == null) {
            known = make();
            made = known;
        }
        return known;
    }

    /** Lets a phone that starts there later trust the host. */
    void toPhone(Path folder) throws IOException {
        Path there = Files.createDirectories(folder.resolve("trusted"));
        for (Kept file : trusted) {
            Files.write(there.resolve(file.name()), file.content());
        }
    }

    /** Lets the host know of its pairing with a phone. */
    void toHost(Path folder, String udid) throws IOException {
        Files.write(folder.resolve(udid + ".plist"), record);
    }

    private static HostPairing make() throws Exception {
        Path folder = Files.createTempDirectory("pairing");
        try (VirtualIphone phone =
                VirtualIphone.start(IphoneProfiles.named("iphone14pro"), Options.PLAIN, folder.resolve("phone"))) {
            new RealIdevice(folder.resolve("tools"), phone.environment()).run("idevicepair", "pair");
            byte[] record = phone.usbmuxd().pairRecord(phone.udid()).orElseThrow();
            try (Stream<Path> files = Files.list(folder.resolve("phone/trusted"))) {
                List<Kept> kept = new java.util.ArrayList<>();
                for (Path file : files.toList()) {
                    kept.add(new Kept(file.getFileName().toString(), Files.readAllBytes(file)));
                }
                return new HostPairing(record, kept);
            }
        } finally {
            new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
        }
    }
}
