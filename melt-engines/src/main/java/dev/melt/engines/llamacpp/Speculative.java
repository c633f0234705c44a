package dev.melt.engines.llamacpp;

import dev.melt.core.event.EnginePerf;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.span.TurnSpans;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.Numbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Speculative decoding, where a small model drafts and a large one checks. The program's own two lines count what a person
 * gets; the two blocks of timings behind them are of one model each and tell no turn.
 */
final class Speculative implements OutputForm {
    private static final Pattern ENCODED = line("encoded");
    private static final Pattern DECODED = line("decoded");
    private static final List<String> COUNTS = List.of("n_draft", "n_drafted", "n_accept");

    private static Pattern line(String verb) {
        return Pattern.compile("\\b" + verb + "\\s+([0-9]{1,9}) tokens in\\s+" + Numbers.NUMBER + " seconds, speed:\\s+"
                + Numbers.NUMBER + " t/s");
    }

    @Override
    public Optional<Findings> read(ProcessOutput output) {
        ConsoleText text = output.all();
        Optional<MatchResult> encoded = text.last(ENCODED);
        Optional<MatchResult> decoded = text.last(DECODED);
        if (encoded.isEmpty()) {
            return Optional.empty();
        }
        EnginePerf.Phase prompt = phase(encoded.get());
        if (decoded.isEmpty() || prompt.seconds().isEmpty()) {
            return Optional.of(Findings.cut("the line of decoded tokens"));
        }
        EnginePerf.Phase answer = phase(decoded.get());
        int generated = answer.tokens().orElse(0);
        boolean steps = generated > 1 && answer.seconds().isPresent();
        TurnSpans spans = new TurnSpans(
                prompt.tokens(),
                prompt.seconds(),
                prompt.seconds(),
                steps ? OptionalInt.of(generated - 1) : OptionalInt.empty(),
                steps ? answer.seconds() : OptionalDouble.empty(),
                generated,
                0);
        return Optional.of(Findings.ofTurns(List.of(new TurnFinding.Timed(spans, prompt, answer)))
                .with(facts(text), Map.of()));
    }

    private static EnginePerf.Phase phase(MatchResult line) {
        return new EnginePerf.Phase(
                Numbers.positive(line.group(2)), Numbers.count(line.group(1)), Numbers.positive(line.group(3)));
    }

    private static Map<String, String> facts(ConsoleText text) {
        Map<String, String> facts = new HashMap<>();
        for (String count : COUNTS) {
            text.last(Pattern.compile("\\b" + count + "\\s*=\\s*([0-9]{1,9})"))
                    .ifPresent(match -> facts.put("speculative." + count, match.group(1)));
        }
        return facts;
    }
}
