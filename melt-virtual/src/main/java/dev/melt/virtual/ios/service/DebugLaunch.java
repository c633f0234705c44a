package dev.melt.virtual.ios.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a debugger has said of a launch so far. One thread uses it. */
final class DebugLaunch {
    private final Map<String, String> environment = new LinkedHashMap<>();
    private List<String> arguments = List.of();

    /** Adds {@code NAME=VALUE}. */
    void environment(String pair) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
            environment.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
    }

    /** Takes the packet {@code A}: for each argument its length in hexadecimal digits, its number, itself. */
    boolean arguments(String packet) {
        List<String> found = new ArrayList<>();
        String[] parts = packet.substring(1).split(",", -1);
        for (int i = 0; i + 2 < parts.length; i += 3) {
            Optional<String> text = text(parts[i + 2]);
            if (text.isEmpty()) {
                return false;
            }
            found.add(text.get());
        }
        arguments = List.copyOf(found);
        return !found.isEmpty();
    }

    /** The path of the program. */
    String program() {
        return arguments.isEmpty() ? "" : arguments.get(0);
    }

    /** What follows it. */
    List<String> arguments() {
        return arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
    }

    Map<String, String> environment() {
        return environment;
    }

    /** What hexadecimal digits say; empty when they are none. */
    static Optional<String> text(String hex) {
        try {
            return Optional.of(new String(HexFormat.of().parseHex(hex), UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }
}
