package dev.melt.engines.meltfork;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.engines.llamacpp.PerfBlock;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One turn of the fork: when its rounds were, with the counts of the block of timings that belongs to it. The block is found by
 * its prompt time, which is that of the turn's first rounds; blocks without counterpart are passed over, for the fork prints
 * some a turn late.
 */
final class ForkTurn {
    private static final double NANOS = 1e9;
    private static final double TIGHT = 0.02;
    private static final double TIGHT_SECONDS = 0.0005;

    private final ForkEvents.Segment segment;
    private final Optional<PerfBlock> block;
    private final int prefillRounds;

    private ForkTurn(ForkEvents.Segment segment, Optional<PerfBlock> block, int prefillRounds) {
        this.segment = segment;
        this.block = block;
        this.prefillRounds = prefillRounds;
    }

    /** Joins a segment with the first block that fits; the blocks up to it are taken out of {@code blocks}. */
    static ForkTurn of(ForkEvents.Segment segment, List<PerfBlock> blocks) {
        for (Iterator<PerfBlock> rest = blocks.iterator(); rest.hasNext(); ) {
            PerfBlock block = rest.next();
            int rounds = prefillRounds(segment.decodes(), block);
            if (rounds > 0) {
                rest.remove();
                return new ForkTurn(segment, Optional.of(block), rounds);
            }
        }
        return new ForkTurn(segment, Optional.empty(), 1);
    }

    /** How many of the first rounds together took the block's prompt time; 0 for none. */
    private static int prefillRounds(List<ForkEvents.Span> decodes, PerfBlock block) {
        if (block.prefill().seconds().isEmpty()) {
            return 0;
        }
        double wanted = block.prefill().seconds().getAsDouble();
        double seconds = 0;
        for (int i = 0; i < decodes.size(); i++) {
            seconds += decodes.get(i).nanos() / NANOS;
            if (Math.abs(seconds - wanted) <= Math.max(TIGHT_SECONDS, TIGHT * wanted)) {
                return i + 1;
            }
        }
        return 0;
    }

    /** Writes it under a number. */
    void lay(int turn, EventLogBuilder log) {
        List<ForkEvents.Span> decodes = segment.decodes();
        int tokens = tokens();
        log.turnStarted(turn, 0, segment.startNanos(), 0);
        long prefillEnd = decodes.get(prefillRounds - 1).endNanos();
        OptionalInt promptTokens = block.map(b -> b.prefill().tokens()).orElse(OptionalInt.empty());
        log.add(new Event.Prefill(turn, decodes.get(0).startNanos(), prefillEnd, promptTokens.orElse(0), 0));
        long end = prefillEnd;
        for (int i = 0; i < tokens; i++) {
            end = decodes.get(prefillRounds - 1 + i).endNanos();
            log.add(new Event.Token(turn, i, end, OptionalInt.empty()));
        }
        log.turnEnded(turn, end, tokens);
        block.ifPresent(b -> log.add(new EnginePerf(turn, b.prefill(), b.decode())));
    }

    /** One comes out of the prompt and one out of each round after it; the last round of all only waits for a prompt. */
    private int tokens() {
        int rounds = segment.decodes().size() - prefillRounds;
        if (!segment.last() || rounds == 0) {
            return rounds + 1;
        }
        int counted = block.map(b -> b.decode().tokens().orElse(0)).orElse(rounds - 1);
        return Math.min(counted, rounds) + 1;
    }
}
