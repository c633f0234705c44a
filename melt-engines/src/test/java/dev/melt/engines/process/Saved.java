package dev.melt.engines.process;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What engines left, written into a test's folder. */
public final class Saved {
    /** Successful output of an engine that none of these adapters drives. */
    public static final String OTHER_ENGINE = """
            llama_perf_context_print: prompt eval time =      91.20 ms /    17 tokens (    5.36 ms per token,   186.40 tokens per second)
            llama_perf_context_print:        eval time =     412.55 ms /    15 runs   (   27.50 ms per token,    36.36 tokens per second)
            """;

    private Saved() {}

    /** A fixture's text. */
    public static String fixture(String name) {
        try (InputStream in = Saved.class.getResourceAsStream("/fixtures/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One file that somebody saved. */
    public static EngineOutput file(Path folder, String text) {
        return EngineOutput.ofFile(write(folder.resolve("saved.txt"), text));
    }

    /** A trial's folder with these files. */
    public static EngineOutput trial(Path folder, Map<String, String> files) {
        files.forEach((name, text) -> write(folder.resolve(name), text));
        return EngineOutput.of(folder);
    }

    /** Events of one kind, in their order. */
    public static <T extends Event> List<T> events(EventLog log, Class<T> kind) {
        return log.events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Seconds that an event took. */
    public static double seconds(Event event) {
        return (event.endNanos() - event.startNanos()) / 1e9;
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
