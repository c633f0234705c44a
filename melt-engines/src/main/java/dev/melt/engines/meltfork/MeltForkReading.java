package dev.melt.engines.meltfork;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.EnginePerf;
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
                : !output.names("events", "").isEmpty()
                        || !output.names("out.", "").isEmpty();
        if (events) {
            return new MeltForkReading(output).log();
        }
        List<PerfBlock> blocks = PerfBlock.in(ProcessOutput.all(output).get(0).lines());
        // one block is that of a llama.cpp of its time; of several, none is sure to belong to the prompt before it
        return blocks.size() > 1 ? new MeltForkReading(output).ofBlocks(blocks) : LlamaCppReading.read(output);
    }

    /** The engine's own figures and no more. */
    private EventLog ofBlocks(List<PerfBlock> blocks) {
        log.stamps(Stamps.DURATIONS);
        for (PerfBlock block : blocks) {
            log.turnStarted(turns, 0, 0, 0);
            log.turnEnded(turns, 0, 0);
            log.add(new EnginePerf(turns++, block.prefill(), block.decode()));
        }
        log.ended(true);
        return log.build();
    }

    private EventLog log() {
        log.stamps(Stamps.WALL_CLOCK);
        for (ProcessOutput process : ProcessOutput.all(output)) {
            process(process);
        }
        log.ended(well);
        return log.build();
    }

    private void process(ProcessOutput process) {
        String file =
                process.number().isPresent() ? "events." + process.number().getAsInt() : "events";
        Optional<ForkEvents> events = output.text(file).flatMap(ForkEvents::of);
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
        failure(process, !segments.isEmpty());
    }

    private void load(ForkEvents events) {
        ForkEvents.Span load = events.spans().get("load_model");
        if (load != null) {
            log.add(new Event.Load(load.startNanos(), load.endNanos(), PageCache.UNKNOWN));
        }
    }

    /** An interrupt is how the fork is made to write its file, and so is exit code 130. */
    private void failure(ProcessOutput process, boolean measured) {
        Optional<EngineError> failure = LlamaFailure.of(process, measured)
                .filter(error -> !error.kind().equals("interrupted"))
                .or(() -> measured
                        ? Optional.empty()
                        : Optional.of(new EngineError(
                                "no_result", "the event file has no prompt that was answered", OptionalInt.empty())));
        boolean ofTurn =
                failure.filter(error -> error.kind().equals("prompt_too_long")).isPresent();
        failure.ifPresent(
                error -> log.add(ofTurn ? new EngineError(error.kind(), error.message(), process.number()) : error));
        well &= ofTurn || failure.isEmpty();
    }
}
