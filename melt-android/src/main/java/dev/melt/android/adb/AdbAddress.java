package dev.melt.android.adb;

import static java.util.Objects.requireNonNull;

import dev.melt.core.problem.InvalidInputException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the adb server listens, found as adb itself finds it. */
record AdbAddress(String host, int port) {
    private static final int USUAL_PORT = 5037;
    private static final String THIS_HOST = "127.0.0.1";
    private static final Pattern SOCKET =
            Pattern.compile("tcp:(?:(?<host>[^:]+|\\[[0-9A-Fa-f:]+]):)?(?<port>[0-9]{1,5})");

    AdbAddress {
        requireNonNull(host, "host");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, was " + port);
        }
    }

    /**
     * From {@code ADB_SERVER_SOCKET}, else {@code ANDROID_ADB_SERVER_ADDRESS} and {@code ANDROID_ADB_SERVER_PORT}, else port 5037 of
     * this host.
     *
     * @throws InvalidInputException for a value that adb would not take either
     */
    static AdbAddress of(Map<String, String> environment) {
        Optional<String> socket = value(environment, "ADB_SERVER_SOCKET");
        if (socket.isPresent()) {
            Matcher matcher = SOCKET.matcher(socket.get());
            if (!matcher.matches()) {
                throw new InvalidInputException(
                        "ADB_SERVER_SOCKET",
                        "tcp:PORT or tcp:HOST:PORT needed",
                        "found " + socket.get(),
                        "correct it or leave it out");
            }
            String host = Optional.ofNullable(matcher.group("host")).orElse(THIS_HOST);
            return new AdbAddress(plain(host), port("ADB_SERVER_SOCKET", matcher.group("port")));
        }
        String host = value(environment, "ANDROID_ADB_SERVER_ADDRESS").orElse(THIS_HOST);
        int port = value(environment, "ANDROID_ADB_SERVER_PORT")
                .map(text -> port("ANDROID_ADB_SERVER_PORT", text))
                .orElse(USUAL_PORT);
        return new AdbAddress(plain(host), port);
    }

    /** Whether a server there would be a process of this host. */
    boolean isThisHost() {
        return host.equals(THIS_HOST) || host.equals("[::1]");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static String plain(String host) {
        return host.equals("localhost") ? THIS_HOST : host;
    }

    private static int port(String name, String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65_535) {
            throw new InvalidInputException(name, "a port of 1 to 65535 needed", "found " + text, "correct it");
        }
        return port;
    }
}
