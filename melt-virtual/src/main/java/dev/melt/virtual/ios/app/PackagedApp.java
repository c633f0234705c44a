package dev.melt.virtual.ios.app;

import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.wire.Plists;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * An app that was brought in a package. It runs where its program was built for this machine; one that was built for a phone is there
 * and does nothing. Its home is the folder around its {@code Documents}, and a file that {@code MELT_PHONE} names tells it of the phone.
 *
 * @param info its {@code Info.plist}
 * @param folder that its program is in
 */
public record PackagedApp(NSDictionary info, Path folder) implements PhoneApp {
    private static final byte[] SCRIPT = {'#', '!'};
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
    private static final int MACHINE = 18;
    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;

    @Override
    public String bundleId() {
        return Plists.text(info, "CFBundleIdentifier").orElse("unknown");
    }

    @Override
    public Running launch(Launch launch) throws IOException {
        Optional<Path> program = Plists.text(info, "CFBundleExecutable").map(folder::resolve);
        if (program.isEmpty() || !isForThisMachine(program.get())) {
            throw new IOException(bundleId() + " was not built for this machine");
        }
        return PackagedLife.begin(program.get(), launch);
    }

    private static boolean isForThisMachine(Path program) throws IOException {
        if (!Files.isRegularFile(program)) {
            return false;
        }
        byte[] head;
        try (InputStream in = Files.newInputStream(program)) {
            head = in.readNBytes(MACHINE + 1);
        }
        int machine = System.getProperty("os.arch").equals("aarch64") ? AARCH64 : X86_64;
        return begins(head, SCRIPT) || (begins(head, ELF) && (head[MACHINE] & 0xff) == machine);
    }

    private static boolean begins(byte[] head, byte[] with) {
        return head.length > MACHINE && Arrays.equals(head, 0, with.length, with, 0, with.length);
    }
}
