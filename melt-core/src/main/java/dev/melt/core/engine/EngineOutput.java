package dev.melt.core.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that one engine process left, by name: {@code stdout}, {@code stderr}, {@code events.jsonl} and what else the
 * engine wrote. Texts are decoded as UTF-8, with a replacement character for each byte that is none.
 *
 * @param files in the order of their names
 * @param single whether it is one saved file, in which all streams may be mixed
 */
public record EngineOutput(Map<String, Path> files, boolean single) {
    /** In bytes. What is larger is no output that a person would save, and would not fit into this program's memory. */
    public static final long LARGEST_TEXT = 8L << 20;

    /** What a trial's folder holds. */
    public static EngineOutput of(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            Map<String, Path> files = new LinkedHashMap<>();
            entries.filter(Files::isRegularFile)
                    .sorted()
                    .forEach(file -> files.put(file.getFileName().toString(), file));
            return new EngineOutput(files, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One file that somebody saved, whatever it is called. */
    public static EngineOutput ofFile(Path file) {
        return new EngineOutput(Map.of(file.getFileName().toString(), file), true);
    }

    /**
     * A file's text; of a single saved file its text under any name. Empty when it is not there.
     *
     * @throws OversizeOutputException above {@link #LARGEST_TEXT}; {@link #path} serves those who read line by line
     */
    public Optional<String> text(String name) {
        Path file = single ? files.values().iterator().next() : files.get(name);
        return Optional.ofNullable(file).map(EngineOutput::read);
    }

    /** Where a file is; of a single saved file that one under any name. */
    public Optional<Path> path(String name) {
        return Optional.ofNullable(single ? files.values().iterator().next() : files.get(name));
    }

    /** Names that begin and end so, such as those of the streams of a trial's several processes, in their order. */
    public List<String> names(String prefix, String suffix) {
        return files.keySet().stream()
                .filter(name -> name.startsWith(prefix) && name.endsWith(suffix))
                .toList();
    }

    private static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) LARGEST_TEXT + 1);
            if (bytes.length > LARGEST_TEXT) {
                throw new OversizeOutputException(file.getFileName() + ": an engine's output of at most "
                        + LARGEST_TEXT / (1 << 20) + " MiB expected, " + Files.size(file) + " bytes found");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
