package dev.melt.android.adb;

import static java.util.Objects.requireNonNull;

import dev.melt.android.parse.GetProp;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Who a device says that it is: what its system properties tell before anybody looks further. Asking changes nothing on it. */
record DeviceIdentity(GetProp properties) {
    /** Consoles of the emulator listen on even ports from 5554 on; adb calls each after its port. */
    private static final Pattern EMULATOR = Pattern.compile("emulator-[0-9]{1,5}");

    /** The emulator, Android's cloud device (Cuttlefish) and Genymotion. */
    private static final Pattern NO_HARDWARE = Pattern.compile("goldfish|ranchu|cutf.*|vbox86");

    private static final int MOST_BYTES = 1 << 20;

    DeviceIdentity {
        requireNonNull(properties, "properties");
    }

    /**
     * Asks a device that is ready, in the one way that every release answers.
     *
     * @param patience for everything together
     * @throws IOException when it does not answer by then, or not as a device does
     */
    static DeviceIdentity ask(AdbServer server, String serial, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        try (Socket socket = server.open(serial, "shell:getprop", patience)) {
            // through the terminal of an old release, which writes carriage returns
            String said = untilItEnds(socket, end).replace("\r\n", "\n");
            return new DeviceIdentity(GetProp.read(SourceText.of(said)));
        } catch (UnknownOutputException foreign) {
            throw new IOException("no properties", foreign);
        }
    }

    private static String untilItEnds(Socket socket, long end) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 14];
        InputStream in = socket.getInputStream();
        while (said.size() < MOST_BYTES) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("it still writes");
            }
            socket.setSoTimeout((int) left);
            int n = in.read(piece);
            if (n < 0) {
                break;
            }
            said.write(piece, 0, n);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    /** Whether there is no such phone: figures from it say nothing about one. */
    boolean isVirtual(String serial) {
        return isEmulator(serial)
                || saysYes("ro.melt.virtual")
                || saysYes("ro.kernel.qemu")
                || saysYes("ro.boot.qemu")
                || properties
                        .first("ro.hardware", "ro.boot.hardware")
                        .filter(word -> NO_HARDWARE
                                .matcher(word.toLowerCase(Locale.ROOT))
                                .matches())
                        .isPresent();
    }

    /** What a serial alone tells. */
    static boolean isEmulator(String serial) {
        return EMULATOR.matcher(serial).matches();
    }

    private boolean saysYes(String property) {
        return properties.first(property).filter("1"::equals).isPresent();
    }

    /** With its maker; some makers leave the newer properties out. */
    Optional<String> soc() {
        Optional<String> maker = properties.first("ro.soc.manufacturer");
        Optional<String> model = properties.first("ro.soc.model");
        return model.map(name -> maker.filter(by -> !name.startsWith(by))
                                .map(by -> by + " ")
                                .orElse("")
                        + name)
                .or(() -> properties.first("ro.hardware.chipname", "ro.board.platform", "ro.hardware"));
    }

    /** The word that a profile names. */
    Optional<String> socModel() {
        return properties.first("ro.soc.model", "ro.hardware.chipname", "ro.board.platform");
    }

    /** What helps a person to tell devices apart. */
    SortedMap<String, String> facts() {
        TreeMap<String, String> facts = new TreeMap<>();
        put(facts, "manufacturer", properties.first("ro.product.manufacturer", "ro.product.brand"));
        put(facts, "model", properties.first("ro.product.model"));
        put(facts, "soc", soc());
        put(facts, "android", properties.first("ro.build.version.release"));
        put(facts, "sdk", properties.first("ro.build.version.sdk"));
        return facts;
    }

    private static void put(TreeMap<String, String> facts, String key, Optional<String> value) {
        value.ifPresent(found -> facts.put(key, found));
    }
}
