package dev.melt.virtual.ios;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;

/** A debugger's side of gdb's protocol, which acknowledges nothing. */
record HostGdb(HostConnection connection) implements AutoCloseable {
    /** At a phone whose debugger may be had. */
    static HostGdb of(VirtualIphone phone) throws IOException {
        HostGdb gdb = new HostGdb(HostConnection.service(phone, "com.apple.debugserver"));
        gdb.send("QStartNoAckMode");
        if (gdb.connection.in().read() != '+') {
            throw new IOException("no acknowledgement");
        }
        gdb.read();
        return gdb;
    }

    String ask(String packet) throws IOException {
        send(packet);
        return read();
    }

    void send(String packet) throws IOException {
        int sum = 0;
        for (byte one : packet.getBytes(ISO_8859_1)) {
            sum += one;
        }
        raw(String.format(java.util.Locale.ROOT, "$%s#%02x", packet, sum & 0xff));
    }

    void raw(String text) throws IOException {
        connection.out().write(text.getBytes(ISO_8859_1));
    }

    String read() throws IOException {
        int next = connection.in().read();
        while (next != '$') {
            if (next < 0) {
                throw new IOException("hung up");
            }
            next = connection.in().read();
        }
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        for (int one = connection.in().read(); one != '#'; one = connection.in().read()) {
            packet.write(one);
        }
        connection.in().skipNBytes(2);
        return packet.toString(ISO_8859_1);
    }

    /** Launches an app; returns what {@code qLaunchSuccess} says. */
    String launch(VirtualIphone phone, String bundleId, String... arguments) throws IOException {
        StringBuilder packet = new StringBuilder("A");
        argument(packet, 0, phone.programPath(bundleId));
        for (int i = 0; i < arguments.length; i++) {
            packet.append(',');
            argument(packet, i + 1, arguments[i]);
        }
        ask(packet.toString());
        return ask("qLaunchSuccess");
    }

    /** What an {@code O} packet says. */
    static String output(String packet) {
        return new String(HexFormat.of().parseHex(packet.substring(1)), ISO_8859_1);
    }

    private static void argument(StringBuilder packet, int number, String text) {
        String hex = HexFormat.of().formatHex(text.getBytes(ISO_8859_1));
        packet.append(hex.length()).append(',').append(number).append(',').append(hex);
    }

    @Override
    public void close() {
        connection.close();
    }
}
