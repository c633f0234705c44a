package dev.melt.ios.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.SavedFormat;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The form of tools that write for a terminal: a carriage return before a line that replaces the one before it, and colours. Both
 * would make each such line a damaged one.
 */
record ConsoleFormat(TelemetryFormat format) implements SavedFormat {
    private static final Pattern FOR_A_TERMINAL = Pattern.compile("(?<=^|\\n)\\r++(?!\\n)|\\x1b\\[[0-9;]{0,20}[mK]");

    /** In bytes; for what is larger the form itself says that it is too large. */
    private static final int LARGEST = 64 << 20;

    ConsoleFormat {
        requireNonNull(format, "format");
    }

    /** A text without what is for a terminal alone. */
    static SourceText plain(String text) {
        return SourceText.of(FOR_A_TERMINAL.matcher(text).replaceAll(""));
    }

    @Override
    public String kind() {
        return format.kind();
    }

    @Override
    public String describe() {
        return format.describe();
    }

    @Override
    public ParsedTelemetry read(Path file) throws UnknownOutputException {
        byte[] bytes = bytes(file);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (bytes.length > LARGEST || !FOR_A_TERMINAL.matcher(text).find()) {
            return format.read(file);
        }
        try {
            return format.parse(plain(text));
        } catch (UnknownOutputException e) {
            throw new UnknownOutputException(kind() + ": " + e.getMessage());
        }
    }

    private static byte[] bytes(Path file) {
        if (!Files.isRegularFile(file)) {
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
