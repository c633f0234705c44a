package dev.melt.engines.meltfork;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.PageCache;
import dev.melt.core.event.Stamps;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.llamacpp.LlamaCppReading;
import dev.melt.engines.llamacpp.LlamaFailure;
import dev.melt.engines.llamacpp.LogFacts;
import dev.melt.engines.llamacpp.PerfBlock;
import dev.melt.engines.llamacpp.ProcessOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the fork's event files, one a process, and what else the processes left. Used once, by one thread. */
final class MeltForkReading {
    private final EngineOutput output;
    private final EventLogBuilder log = new EventLogBuilder();
    private int turns;
    private boolean well = true;

    private MeltForkReading(EngineOutput output) {
        this.output = output;
    }

    static EventLog read(EngineOutput output) throws UnknownOutputException {
        boolean events = output.single()
                ? ForkEvents.of(output.text("events").orElse("")).isPresent()
                : !output.names("events.", "").isEmpty();
        // without its event file it is a llama.cpp of early 2024
        return events || !output.names("out.", "").isEmpty()
                ? new MeltForkReading(output).log()
                : LlamaCppReading.read(output);
    }

    private EventLog log() throws UnknownOutputException {
        log.stamps(Stamps.WALL_CLOCK);
        boolean known = false;
        for (ProcessOutput process : ProcessOutput.all(output)) {
            known |= process(process);
        }
        if (!known) {
            throw new UnknownOutputException(
                    "melt-llama.cpp: rounds that decoded something expected in the event file," + " none found");
        }
        log.ended(well);
        return log.build();
    }

    /** Whether something of it was understood. */
    private boolean process(ProcessOutput process) {
        Optional<ForkEvents> events =
                output.text("events." + process.number().orElse(0)).flatMap(ForkEvents::of);
        List<ForkEvents.Segment> segments = events.map(ForkEvents::segments).orElse(List.of());
        List<PerfBlock> blocks = new ArrayList<>(PerfBlock.in(process.lines()));
        LogFacts facts = LogFacts.of(process.all());
        facts.facts().forEach(log::fact);
        facts.effective().forEach(log::effective);
        events.ifPresent(found -> {
            load(found);
            for (int i = 0; i < found.damagedLines() && !process.mixed(); i++) {
                log.damaged();
            }
        });
        int number = process.number().orElse(turns);
        for (ForkEvents.Segment segment : segments) {
            ForkTurn.of(segment, blocks).lay(number++, log);
        }
        turns = Math.max(turns, number);
        return failure(process, !segments.isEmpty()) || !segments.isEmpty();
    }

    private void load(ForkEvents events) {
        ForkEvents.Span load = events.spans().get("load_model");
        if (load != null) {
            log.add(new Event.Load(load.startNanos(), load.endNanos(), PageCache.UNKNOWN));
        }
    }

    /** An interrupt is how the fork is made to write its file, and so is exit code 130. */
    private boolean failure(ProcessOutput process, boolean measured) {
        Optional<EngineError> failure = LlamaFailure.of(process, measured)
                .filter(error -> !measured || !error.kind().equals("interrupted"))
                .or(() -> measured || process.exitCode().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new EngineError(
                                "no_result", "no round in the event file decoded anything", OptionalInt.empty())));
        boolean ofTurn =
                failure.filter(error -> error.kind().equals("prompt_too_long")).isPresent();
        failure.ifPresent(
                error -> log.add(ofTurn ? new EngineError(error.kind(), error.message(), process.number()) : error));
        well &= ofTurn || (failure.isEmpty() && measured);
        return failure.isPresent();
    }
}
