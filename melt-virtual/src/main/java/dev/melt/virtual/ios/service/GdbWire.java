package dev.melt.virtual.ios.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.melt.virtual.ios.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Packets of gdb's remote protocol: {@code $content#checksum}, each acknowledged until the host asks for no more of that. */
final class GdbWire {
    /** What stands for the one byte by which a host interrupts. */
    static final String INTERRUPT = "\u0003";

    private static final int LARGEST = 1 << 20;

    private final Wire wire;
    private volatile boolean acknowledging = true;

    GdbWire(Wire wire) {
        this.wire = wire;
    }

    /** Nothing is acknowledged from now on. */
    void stopAcknowledging() {
        acknowledging = false;
    }

    /** The next packet; empty when the host has hung up. */
    Optional<String> read() throws IOException {
        int next = wire.in().read();
        while (next >= 0) {
            if (next == INTERRUPT.charAt(0)) {
                return Optional.of(INTERRUPT);
            }
            if (next == '$') {
                Optional<String> packet = content();
                if (packet.isPresent()) {
                    return packet;
                }
            }
            next = wire.in().read();
        }
        return Optional.empty();
    }

    void write(String content) throws IOException {
        send("$" + content + "#" + checksum(content));
    }

    /** Empty when it was damaged, and asked for again. */
    private Optional<String> content() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next = wire.in().read();
        while (next >= 0 && next != '#') {
            bytes.write(next);
            if (bytes.size() > LARGEST) {
                throw new IOException("no packet of gdb");
            }
            next = wire.in().read();
        }
        String content = bytes.toString(ISO_8859_1);
        String sum = new String(wire.in().readNBytes(2), ISO_8859_1);
        boolean whole = sum.equalsIgnoreCase(checksum(content)) || !acknowledging;
        if (acknowledging) {
            send(whole ? "+" : "-");
        }
        return whole ? Optional.of(content) : Optional.empty();
    }

    private synchronized void send(String text) throws IOException {
        wire.out().write(text.getBytes(ISO_8859_1));
    }

    private static String checksum(String content) {
        int sum = 0;
        for (byte one : content.getBytes(ISO_8859_1)) {
            sum += one;
        }
        return String.format(Locale.ROOT, "%02x", sum & 0xff);
    }
}
