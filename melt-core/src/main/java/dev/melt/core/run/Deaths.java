package dev.melt.core.run;

import dev.melt.core.device.AgentStatus;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.log.KillEvent;
import dev.melt.core.log.KillLog;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.parse.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the device's system logged of processes that it ended while a trial ran. The agent keeps it in the file {@code deaths}.
 *
 * @param events in the order of the log
 */
record Deaths(List<KillEvent> events) {
    static final String FILE = "deaths";

    private static final int LARGEST = 1 << 20;
    private static final int SIGNALLED = 128;

    Deaths {
        events = List.copyOf(events);
    }

    /** Of an attempt's folder; none where the agent kept nothing, or nothing that can be read. */
    static Deaths of(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return new Deaths(List.of());
        }
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
            return new Deaths(KillLog.read(SourceText.of(text)).events());
        } catch (UnknownOutputException noLog) {
            return new Deaths(List.of()); // it stays among the artefacts, and the exit code speaks
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a log says of an engine that ended by a signal or without a trace: that the system took its memory. Empty where it
     * says nothing of any of its processes.
     */
    Optional<Verdict> verdict(AgentStatus status) {
        boolean killed = status.state() == AgentStatus.State.LOST
                || (status.state() == AgentStatus.State.FINISHED
                        && status.exitCode().orElse(0) > SIGNALLED);
        Set<String> processes = processes(status);
        return events.stream()
                .filter(event -> killed && event.outOfMemory())
                .filter(event -> event.pid().isPresent()
                        && processes.contains(Long.toString(event.pid().getAsLong())))
                .findFirst()
                .map(event -> new Verdict(Outcome.OUT_OF_MEMORY, event.words()));
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
