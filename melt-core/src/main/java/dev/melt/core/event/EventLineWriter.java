package dev.melt.core.event;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the agent protocol's event lines (docs/reference/agent-protocol.md): gathered in memory until {@link #flush()}
 * hands whole lines to the system, so that a process that is killed leaves whole turns. Not thread-safe.
 */
public final class EventLineWriter implements Closeable {
    private final OutputStream file;
    private final List<ObjectNode> gathered = new ArrayList<>();

    /** Begins a file anew. */
    public EventLineWriter(Path path) throws IOException {
        file = Files.newOutputStream(path, CREATE, TRUNCATE_EXISTING, WRITE);
    }

    /** Gathers a line, whose fields the caller puts in before the next flush. */
    public ObjectNode line(String event) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("e", event);
        gathered.add(line);
        return line;
    }

    /** Hands over what was gathered, in one piece. */
    public void flush() throws IOException {
        StringBuilder text = new StringBuilder();
        gathered.forEach(line -> text.append(line).append('\n'));
        gathered.clear();
        file.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Forgets what was gathered since the last flush. */
    public void discard() {
        gathered.clear();
    }

    /** Closes the file; what was not flushed is not written. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
