package dev.melt.engines.llamacpp;

import dev.melt.core.event.EnginePerf;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.text.Numbers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * The line under each answer of the chat client that llama-cli became in late 2025: two rates and no counts. The second
 * counts a token more than steps were timed, so that it is the engine's own figure and not MELT's decode rate.
 */
final class ChatFooter implements OutputForm {
    private static final Pattern RATES =
            Pattern.compile("\\[ Prompt: " + Numbers.NUMBER + " t/s \\| Generation: " + Numbers.NUMBER + " t/s \\]");

    @Override
    public Optional<Findings> read(ProcessOutput output) {
        List<TurnFinding.Stated> turns = output.all().all(RATES).stream()
                .map(line -> turn(Numbers.positive(line.group(1)), Numbers.positive(line.group(2))))
                .toList();
        return turns.isEmpty() ? Optional.empty() : Optional.of(Findings.ofTurns(turns));
    }

    private static TurnFinding.Stated turn(OptionalDouble prompt, OptionalDouble generation) {
        return new TurnFinding.Stated(
                phase(prompt),
                phase(generation),
                prompt.isPresent() ? Map.of("prefill_rate", prompt.getAsDouble()) : Map.of(),
                0);
    }

    private static EnginePerf.Phase phase(OptionalDouble rate) {
        return rate.isPresent() ? EnginePerf.Phase.ofRate(rate.getAsDouble()) : EnginePerf.Phase.NONE;
    }
}
