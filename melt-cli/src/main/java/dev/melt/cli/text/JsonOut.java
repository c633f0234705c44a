package dev.melt.cli.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes results as JSON for programs: UTF-8, indented, keys in the order given, instants and the like as text. */
public final class JsonOut {
    private static final ObjectWriter WRITER = new ObjectMapper()
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .writerWithDefaultPrettyPrinter()
            .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private JsonOut() {}

    /** Writes maps, lists, text, numbers and truth values; what is absent is not in the map. */
    public static void print(PrintStream out, Map<String, ?> object) {
        write(out, object);
    }

    public static void print(PrintStream out, Iterable<? extends Map<String, ?>> objects) {
        write(out, objects);
    }

    private static void write(PrintStream out, Object value) {
        try {
            WRITER.writeValue((OutputStream) out, value);
        } catch (IOException e) {
            throw new UncheckedIOException("a result cannot be written as JSON", e);
        }
        out.println();
    }
}
