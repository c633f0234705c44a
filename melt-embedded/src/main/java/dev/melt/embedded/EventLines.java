package dev.melt.embedded;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The event file: one JSON object a line, gathered in memory until {@link #flush()} hands whole lines to the system. A
 * worker that is killed leaves whole lines, and loses none that was flushed.
 */
final class EventLines implements Closeable {
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().rootValueSeparator("").build();

    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(1 << 16);
    private final JsonGenerator json;
    private final OutputStream file;

    EventLines(Path path) throws IOException {
        file = Files.newOutputStream(path);
        json = JSON.createGenerator(gathered);
    }

    /** Begins a line; {@link Line#end()} ends it. */
    Line line(String event) {
        Line line = new Line();
        line.begin().text("e", event);
        return line;
    }

    void flush() {
        try {
            json.flush();
            gathered.writeTo(file);
            gathered.reset();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Flushes if more than {@code bytes} have gathered. */
    void flushFrom(int bytes) {
        if (gathered.size() > bytes) {
            flush();
        }
    }

    @Override
    public void close() throws IOException {
        flush();
        json.close();
        file.close();
    }

    /** The fields of one line. */
    final class Line {
        private Line() {}

        private interface Writing {
            void write(JsonGenerator json) throws IOException;
        }

        private Line write(Writing writing) {
            try {
                writing.write(json);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Line begin() {
            return write(JsonGenerator::writeStartObject);
        }

        Line text(String name, String value) {
            return write(to -> to.writeStringField(name, value));
        }

        Line number(String name, long value) {
            return write(to -> to.writeNumberField(name, value));
        }

        Line number(String name, double value) {
            return write(to -> to.writeNumberField(name, value));
        }

        Line numbers(String name, List<Double> values) {
            return write(to -> {
                to.writeArrayFieldStart(name);
                for (double value : values) {
                    to.writeNumber(value);
                }
                to.writeEndArray();
            });
        }

        Line flag(String name, boolean value) {
            return write(to -> to.writeBooleanField(name, value));
        }

        Line beginObject(String name) {
            return write(to -> to.writeObjectFieldStart(name));
        }

        Line endObject() {
            return write(JsonGenerator::writeEndObject);
        }

        void end() {
            write(to -> {
                to.writeEndObject();
                to.writeRaw('\n');
            });
        }
    }
}
