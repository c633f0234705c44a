package dev.melt.core.run;

import dev.melt.core.device.AgentStatus;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.log.Death;
import dev.melt.core.log.DeathReader;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.parse.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the device's system said of processes that ended while a trial ran. The agent keeps its log in the file {@code deaths}, and reports
 * in files {@code deaths.*}.
 *
 * @param events in the order of the log
 */
record Deaths(List<Death> events) {
    static final String FILE = "deaths";

    private static final int LARGEST = 4 << 20;
    private static final int SIGNALLED = 128;

    Deaths {
        events = List.copyOf(events);
    }

    /** Of an attempt's folder; none where the agent kept nothing, or nothing that can be read. */
    static Deaths of(Path folder) {
        List<DeathReader> readers = ServiceLoader.load(DeathReader.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        List<Death> events = new ArrayList<>();
        for (Path file : files(folder)) {
            SourceText text = text(file);
            readers.forEach(reader -> events.addAll(read(reader, text)));
        }
        return new Deaths(events);
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> String.valueOf(file.getFileName()).matches(FILE + "(\\..*)?"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SourceText text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return SourceText.of(new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Death> read(DeathReader reader, SourceText text) {
        try {
            return reader.read(text);
        } catch (UnknownOutputException anotherKind) {
            return List.of(); // it stays among the artefacts, and the exit code speaks
        }
    }

    /**
     * What is said of an engine that ended by a signal or without a trace: first of all that the system took its memory; of one that left
     * no exit code also how else it ended. Empty where nothing is said of any of its processes.
     */
    Optional<Verdict> verdict(AgentStatus status) {
        boolean lost = status.state() == AgentStatus.State.LOST;
        boolean killed = lost
                || (status.state() == AgentStatus.State.FINISHED
                        && status.exitCode().orElse(0) > SIGNALLED);
        Set<String> processes = processes(status);
        List<Death> own = events.stream()
                .filter(event -> killed
                        && event.pid().isPresent()
                        && processes.contains(Long.toString(event.pid().getAsLong())))
                .toList();
        return own.stream()
                .filter(Death::outOfMemory)
                .findFirst()
                .map(event -> new Verdict(Outcome.OUT_OF_MEMORY, event.words()))
                .or(() -> own.stream()
                        .filter(event -> lost)
                        .findFirst()
                        .map(event -> new Verdict(Outcome.CRASHED, event.words())));
    }

    /** The engine with its descendants, and the agent beside it. */
    private static Set<String> processes(AgentStatus status) {
        Set<String> processes = new HashSet<>();
        for (String key : List.of("pid", "supervisor", "tree")) {
            processes.addAll(List.of(status.details().getOrDefault(key, "").split(" ", -1)));
        }
        return processes;
    }
}
