package dev.melt.engines.llamacpp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** What terminals and loggers do to output: colours, carriage returns, times and tags before each line. */
final class Noise {
    private Noise() {}

    /** Both streams of a fixture as a terminal session would have saved them. */
    static String around(Path folder) throws IOException {
        return "\u001B[1m$ engine\u001B[0m\r\n" + coloured(folder.resolve("stdout"))
                + coloured(folder.resolve("stderr"));
    }

    private static String coloured(Path file) throws IOException {
        return Files.exists(file)
                ? text(file).lines().map(line -> line + "\u001B[0m\r\n").collect(Collectors.joining())
                : "";
    }

    /** A text as logcat shows it. */
    static String logcat(String text) {
        return text.lines()
                .map(line -> "06-16 12:06:38.752  8826  8826 I engine  : " + line + "\n")
                .collect(Collectors.joining());
    }

    /** A text under a locale with decimal commas. */
    static String commas(String text) {
        return text.replaceAll("([0-9])\\.([0-9])", "$1,$2");
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
