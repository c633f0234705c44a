package dev.melt.ios.mux;

import dev.melt.core.device.DeviceException.ProtocolViolation;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Starts apps by the phone's debugserver, up to iOS 16: packets of the GDB remote protocol. The server kills what it started when its
 * connection goes away; so it is told to let go of the app, which then runs as if a finger had started it, and without the
 * relief from memory limits that an app under a debugger has. Used by one thread.
 */
public final class Debugserver implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("com.apple.debugserver.DVTSecureSocketProxy", "com.apple.debugserver");
    private static final Duration ANSWER = Duration.ofSeconds(15);

    /** Of an app that is large, or whose phone is cold. */
    private static final Duration LAUNCH = Duration.ofSeconds(60);

    private static final int LONGEST = 1 << 16;

    private final MuxSocket socket;

    private Debugserver(MuxSocket socket) {
        this.socket = socket;
    }

    /**
     * Connects to it.
     *
     * @throws LockdownException when the phone has none: no developer image, or iOS 17
     */
    public static Debugserver open(Lockdown lockdown) {
        try {
            return new Debugserver(lockdown.service(NAMES.get(0)));
        } catch (LockdownException notUnderThisName) {
            if (!notUnderThisName.error().equals("InvalidService")) {
                throw notUnderThisName;
            }
            return new Debugserver(lockdown.service(NAMES.get(1))); // before iOS 14
        }
    }

    /**
     * Starts an app and lets go of it.
     *
     * @param container folder of its data on the phone
     * @param program path of its program on the phone
     * @return the phone's words where it refuses; empty when the app runs
     */
    public Optional<String> launch(String container, String program) {
        ask("QSetDetachOnError:1", ANSWER);
        ask("QSetMaxPacketSize:1024", ANSWER);
        ask("QSetWorkingDir:" + container, ANSWER);
        String hex = HexFormat.of().formatHex(program.getBytes(StandardCharsets.UTF_8));
        String refusal = ask("A" + hex.length() + ",0," + hex, LAUNCH);
        if (!refusal.equals("OK")) {
            return Optional.of(words(refusal));
        }
        String launched = ask("qLaunchSuccess", LAUNCH);
        if (!launched.equals("OK")) {
            return Optional.of(words(launched));
        }
        ask("D", ANSWER);
        return Optional.empty();
    }

    /** Ends an app with all its threads; one that is gone is gone. */
    public void kill(long pid) {
        String stopped = ask("vAttach;" + Long.toHexString(pid), ANSWER);
        if (stopped.startsWith("T") || stopped.startsWith("S")) {
            socket.talk("kill", ANSWER, (in, out) -> {
                send(out, "k");
                return read(in, out);
            });
        }
    }

    private static String words(String answer) {
        return answer.startsWith("E") ? answer.substring(1) : answer;
    }

    private String ask(String packet, Duration deadline) {
        return socket.talk("debugserver", deadline, (in, out) -> {
            send(out, packet);
            String answer = read(in, out);
            while (answer.startsWith("O") && !answer.equals("OK")) { // what the app prints
                answer = read(in, out);
            }
            return answer;
        });
    }

    private static void send(OutputStream out, String packet) throws IOException {
        byte[] body = packet.getBytes(StandardCharsets.ISO_8859_1);
        String framed = "$" + packet + "#" + String.format(Locale.ROOT, "%02x", sum(body));
        out.write(framed.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static int sum(byte[] body) {
        int sum = 0;
        for (byte one : body) {
            sum += one;
        }
        return sum & 0xff;
    }

    /** The next packet; acknowledgements are passed over, and it is acknowledged. */
    private String read(InputStream in, OutputStream out) throws IOException {
        int c = next(in);
        while (c == '+' || c == '-') {
            c = next(in);
        }
        if (c != '$') {
            throw new ProtocolViolation("[" + socket.label() + "] debugserver: a packet expected, found " + c, null);
        }
        StringBuilder body = new StringBuilder();
        for (c = next(in); c != '#' && body.length() < LONGEST; c = next(in)) {
            body.append((char) c);
        }
        next(in);
        next(in);
        out.write('+');
        out.flush();
        return body.toString();
    }

    private static int next(InputStream in) throws IOException {
        int c = in.read();
        if (c < 0) {
            throw new EOFException("debugserver closed the connection");
        }
        return c;
    }

    @Override
    public void close() {
        socket.close();
    }
}
