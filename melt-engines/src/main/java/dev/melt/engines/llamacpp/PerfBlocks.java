package dev.melt.engines.llamacpp;

import dev.melt.engines.answer.ProcessOutput;
import java.util.List;
import java.util.Optional;

/** The blocks of timings that main, llama-cli and llama-completion print; each block is a turn. */
final class PerfBlocks implements OutputForm {
    @Override
    public Optional<Findings> read(ProcessOutput output) {
        List<String> lines = output.lines();
        List<PerfBlock> blocks = PerfBlock.in(lines);
        List<TurnFinding> turns = blocks.stream()
                .filter(PerfBlock::whole)
                .flatMap(block -> block.turn().stream())
                .toList();
        boolean cut = blocks.isEmpty()
                ? lines.stream().anyMatch(PerfBlock::begins)
                : !blocks.get(blocks.size() - 1).whole();
        if (cut) {
            return Optional.of(Findings.ofTurns(turns).cutOffWithout("the eval time of the last block of timings"));
        }
        return turns.isEmpty() ? Optional.empty() : Optional.of(Findings.ofTurns(turns));
    }
}
