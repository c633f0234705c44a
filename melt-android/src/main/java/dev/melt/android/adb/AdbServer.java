package dev.melt.android.adb;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.DeviceException.TimedOut;
import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.PlainText;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The adb server of a host, asked in its own protocol: each question on a connection of its own. Started by the {@code adb}
 * program where there is none; one that runs is used as it is, whatever its version, and never ended. Safe for use by several
 * threads.
 *
 * @param program to start it with
 */
record AdbServer(AdbAddress address, Optional<AdbProgram> program) {
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** A peer that does not answer is given up by the server itself after 10 s. */
    private static final Duration CONNECT = Duration.ofSeconds(15);

    private static final int READY_LOOKS = 20;
    private static final Duration READY_PAUSE = Duration.ofMillis(100);

    /** adb 1.0.36, of 2016: the first that knows which features a device has. */
    private static final int OLDEST = 36;

    AdbServer {
        requireNonNull(address, "address");
        requireNonNull(program, "program");
    }

    /** Number after {@code 1.0.} in {@code adb version}: 41 of all since 2018. */
    int version() {
        String answer = ask("host:version", ANSWER);
        if (!answer.matches("[0-9a-fA-F]{1,4}")) {
            throw new ProtocolViolation(subject() + ": not a version: " + PlainText.oneLine(answer), null);
        }
        return Integer.parseInt(answer, 16);
    }

    /** What is attached, in whatever state. */
    List<AdbDevice> devices() {
        return AdbDevice.parse(ask("host:devices-l", ANSWER));
    }

    /** Whether anything listens at the address. */
    boolean isRunning() {
        try (Socket socket = connect(ANSWER)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Starts it where there is none.
     *
     * @throws InvalidInputException when that cannot be, or what answers is no adb server that MELT can use
     */
    void ensureRunning() {
        if (!isRunning()) {
            if (!address.isThisHost()) {
                throw new InvalidInputException(
                        subject(), "a running server needed", "nothing answers there", "start it on that host");
            }
            program.orElseThrow(() -> new InvalidInputException(
                            subject(),
                            "a running server needed",
                            "nothing listens there, and no adb was found on PATH or in ANDROID_HOME to start one",
                            "install the platform tools (Debian: apt-get install adb)"))
                    .startServer(address);
        }
        checkVersion();
    }

    private void checkVersion() {
        int version;
        try {
            version = version();
        } catch (ProtocolViolation | TimedOut foreign) {
            throw new InvalidInputException(
                    subject(),
                    "an adb server expected",
                    "what listens there does not answer as one",
                    "end it, or set ANDROID_ADB_SERVER_PORT to another port");
        }
        if (version < OLDEST) {
            throw new InvalidInputException(
                    subject(),
                    "version 1.0." + OLDEST + " or newer needed",
                    "1.0." + version + " is running",
                    "install newer platform tools; 'adb kill-server' ends the old one and every connection through it");
        }
    }

    /** Brings a device back that is reached over a network, where the server has lost it; others come back by themselves. */
    void recall(String serial) {
        if (!isRunning()) {
            ensureRunning();
        }
        Optional<AdbDevice> listed =
                devices().stream().filter(d -> d.serial().equals(serial)).findFirst();
        if (AdbDevice.isAddress(serial) && listed.filter(AdbDevice::isReady).isEmpty()) {
            if (listed.isPresent()) {
                ask("host:disconnect:" + serial, ANSWER);
            }
            ask("host:connect:" + serial, CONNECT);
            awaitReady(serial);
        }
    }

    /** A connection is there before the device has said what it is. */
    private void awaitReady(String serial) {
        for (int i = 0; i < READY_LOOKS; i++) {
            if (devices().stream().anyMatch(d -> d.serial().equals(serial) && d.isReady())) {
                return;
            }
            try {
                Thread.sleep(READY_PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LinkLost(subject() + ": interrupted while " + serial + " came back", e);
            }
        }
    }

    /** One question of the server's own; a refusal is {@link Unreachable} with its words. */
    String ask(String question, Duration patience) {
        try (Socket socket = connect(patience)) {
            byte[] text = question.getBytes(StandardCharsets.UTF_8);
            socket.getOutputStream()
                    .write((String.format(Locale.ROOT, "%04x", text.length) + question)
                            .getBytes(StandardCharsets.UTF_8));
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String verdict = new String(in.readNBytes(4), StandardCharsets.US_ASCII);
            return switch (verdict) {
                case "OKAY" -> block(in);
                case "FAIL" -> throw new Unreachable(subject() + ": " + PlainText.oneLine(block(in)), null);
                default ->
                    throw new ProtocolViolation(
                            subject() + ": OKAY or FAIL expected, found " + PlainText.oneLine(verdict), null);
            };
        } catch (SocketTimeoutException e) {
            throw new TimedOut(subject() + ": no answer to " + question + " in " + patience.toSeconds() + " s", e);
        } catch (ConnectException e) {
            throw new Unreachable(subject() + ": no server is running", e);
        } catch (IOException e) {
            throw new Unreachable(subject() + ": " + e.getMessage(), e);
        }
    }

    /**
     * A connection to a service of a device, as adb's own client makes one.
     *
     * @param patience for opening it; what is read afterwards may come at any time
     * @throws IOException with the server's words when it refuses
     */
    Socket open(String serial, String service, Duration patience) throws IOException {
        return open(new Socket(), serial, service, patience);
    }

    private Socket open(Socket fresh, String serial, String service, Duration patience) throws IOException {
        Socket socket = connect(fresh, patience);
        try {
            for (String request : List.of("host:transport:" + serial, service)) {
                byte[] text = request.getBytes(StandardCharsets.UTF_8);
                String length = String.format(Locale.ROOT, "%04x", text.length);
                socket.getOutputStream().write((length + request).getBytes(StandardCharsets.UTF_8));
                DataInputStream in = new DataInputStream(socket.getInputStream());
                if (!new String(in.readNBytes(4), StandardCharsets.US_ASCII).equals("OKAY")) {
                    throw new IOException(block(in));
                }
            }
            socket.setSoTimeout(0);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The same as a channel, into which the kernel copies files. */
    SocketChannel openForBulk(String serial, String service, Duration patience) throws IOException {
        Socket socket = open(SocketChannel.open().socket(), serial, service, patience);
        socket.setTcpNoDelay(true); // what is small is written whole, and nobody waits for more
        return requireNonNull(socket.getChannel(), "a socket that was made with a channel");
    }

    private Socket connect(Duration patience) throws IOException {
        return connect(new Socket(), patience);
    }

    private Socket connect(Socket socket, Duration patience) throws IOException {
        try {
            socket.setSoTimeout((int) patience.toMillis());
            socket.connect(new InetSocketAddress(address.host(), address.port()), (int) ANSWER.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private String block(DataInputStream in) throws IOException {
        String length = new String(in.readNBytes(4), StandardCharsets.US_ASCII);
        if (!length.matches("[0-9a-fA-F]{4}")) {
            throw new ProtocolViolation(subject() + ": a length expected, found " + PlainText.oneLine(length), null);
        }
        return new String(in.readNBytes(Integer.parseInt(length, 16)), StandardCharsets.UTF_8);
    }

    private String subject() {
        return "adb server at " + address;
    }
}
