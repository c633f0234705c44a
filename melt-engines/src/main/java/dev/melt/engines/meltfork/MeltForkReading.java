package dev.melt.engines.meltfork;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.Stamps;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.answer.TurnsReading;
import dev.melt.engines.failure.FailureNames;
import dev.melt.engines.llamacpp.LlamaCppReading;
import dev.melt.engines.llamacpp.PerfBlock;
import java.util.List;

/** Reads the fork's event files, one a process, and what else the processes left. Stateless. */
final class MeltForkReading {
    /** An interrupt is how the fork is made to write its file. */
    private static final FailureNames FAILURES = LlamaCppReading.FAILURES.without("interrupted");

    private MeltForkReading() {}

    static EventLog read(EngineOutput output) throws UnknownOutputException {
        boolean events = output.single()
                ? ForkEvents.of(output.text("events").orElse("")).isPresent()
                : !output.names("events", "").isEmpty()
                        || !output.names("out.", "").isEmpty();
        List<ProcessOutput> processes = LlamaCppReading.processes(output);
        if (events) {
            return new TurnsReading("melt-llama.cpp", "a file of event times", FAILURES, new ForkFigures(output))
                    .read(processes, new EventLogBuilder());
        }
        List<PerfBlock> blocks = PerfBlock.in(processes.get(0).lines());
        // one block is that of a llama.cpp of its time; of several, none is sure to belong to the prompt before it
        return blocks.size() > 1 ? ofBlocks(blocks) : LlamaCppReading.read(output);
    }

    /** The engine's own figures and no more. */
    private static EventLog ofBlocks(List<PerfBlock> blocks) {
        EventLogBuilder log = new EventLogBuilder();
        log.stamps(Stamps.DURATIONS);
        int turn = 0;
        for (PerfBlock block : blocks) {
            log.turnStarted(turn, 0, 0, 0);
            log.turnEnded(turn, 0, 0);
            log.add(new EnginePerf(turn++, block.prefill(), block.decode()));
        }
        log.ended(true);
        return log.build();
    }
}
