package dev.melt.ios.mux;

import static java.util.Objects.requireNonNull;

import dev.melt.core.problem.InvalidInputException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where this host's usbmuxd listens, by the variable that libusbmuxd reads: {@code UNIX:/path} or {@code host:port}.
 *
 * @param text as a person writes it
 */
public record UsbmuxAddress(SocketAddress address, String text) {
    /** The name of the variable. */
    public static final String VARIABLE = "USBMUXD_SOCKET_ADDRESS";

    private static final String USUAL = "UNIX:/var/run/usbmuxd";
    private static final Pattern NETWORK =
            Pattern.compile("(?:\\[(?<six>[0-9a-fA-F:.]+)]|(?<host>[^:]+)):(?<port>[0-9]{1,5})");
    private static final int HIGHEST_PORT = 65535;

    public UsbmuxAddress {
        requireNonNull(address, "address");
        requireNonNull(text, "text");
    }

    /**
     * Of an environment; the usual socket where it says nothing.
     *
     * @throws InvalidInputException when the variable is neither form
     */
    public static UsbmuxAddress of(Map<String, String> environment) {
        String text = environment.getOrDefault(VARIABLE, "");
        String wanted = text.isBlank() ? USUAL : text;
        if (wanted.startsWith("UNIX:") && wanted.length() > "UNIX:".length()) {
            return new UsbmuxAddress(UnixDomainSocketAddress.of(wanted.substring("UNIX:".length())), wanted);
        }
        Matcher network = NETWORK.matcher(wanted);
        if (!network.matches() || Integer.parseInt(network.group("port")) > HIGHEST_PORT) {
            throw new InvalidInputException(
                    VARIABLE, "UNIX:/path or host:port expected", "found '" + wanted + "'", "correct it or unset it");
        }
        String host = network.group("six") == null ? network.group("host") : network.group("six");
        return new UsbmuxAddress(new InetSocketAddress(host, Integer.parseInt(network.group("port"))), wanted);
    }
}
