package dev.melt.engines.litertlm;

import dev.melt.core.event.EventLogBuilder;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.Figures;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The block that the C++ programs print after each iteration. The time to the first token is that of the first turn of a block. */
final class BenchmarkInfo implements FigureReader {
    private static final Pattern HEAD = Pattern.compile("BenchmarkInfo:");
    private static final Pattern INIT =
            Pattern.compile("(?:Init Total|Total init time|Initialize Total)\\s*:\\s*" + Numbers.NUMBER + "\\s*ms");
    private static final Pattern FIRST = Pattern.compile("Time to first token:\\s*" + Numbers.NUMBER + "\\s*s\\b");
    private static final Pattern PREFILL = turn("Prefill");
    private static final Pattern DECODE = turn("Decode");
    private static final Pattern PREFILL_SPEED = speed("Prefill");
    private static final Pattern DECODE_SPEED = speed("Decode");
    private static final Pattern PREFILLS = announced("Prefill");
    private static final Pattern DECODES = announced("Decode");

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log) {
        List<ConsoleText> blocks = blocks(process.all());
        List<Measured> turns = new ArrayList<>();
        for (ConsoleText block : blocks) {
            List<Measured> found = turns(block);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            turns.addAll(found);
        }
        if (turns.isEmpty()) {
            return Optional.empty();
        }
        blocks.get(0)
                .first(INIT)
                .map(match -> Numbers.positive(match.group(1)))
                .ifPresent(value -> value.ifPresent(millis -> spans.load(millis / 1e3)));
        turns.forEach(turn -> turn.addTo(spans, log));
        ProgramLog.facts(process.all(), log);
        return FigureReader.upTo(process, DECODE_SPEED);
    }

    /** As many of each kind as the block announces, with the speed that stands behind each; else it was cut off or ran nothing. */
    private static List<Measured> turns(ConsoleText block) {
        List<MatchResult> prefills = block.all(PREFILL);
        List<MatchResult> decodes = block.all(DECODE);
        List<MatchResult> prefillSpeeds = block.all(PREFILL_SPEED);
        List<MatchResult> decodeSpeeds = block.all(DECODE_SPEED);
        int turns = prefills.size();
        boolean whole = turns == announced(block, PREFILLS)
                && turns == announced(block, DECODES)
                && turns == decodes.size()
                && turns == prefillSpeeds.size()
                && turns == decodeSpeeds.size();
        List<Measured> found = new ArrayList<>();
        for (int i = 0; whole && i < turns; i++) {
            OptionalDouble first = i > 0
                    ? OptionalDouble.empty()
                    : block.first(FIRST)
                            .map(match -> Numbers.positive(match.group(1)))
                            .orElse(OptionalDouble.empty());
            found.add(new Measured(
                    phase(prefills.get(i), prefillSpeeds.get(i)), phase(decodes.get(i), decodeSpeeds.get(i)), first));
        }
        return found.stream()
                        .allMatch(
                                turn -> turn.prompt().isTimed() && turn.decode().isTimed())
                ? found
                : List.of();
    }

    private static Measured.Phase phase(MatchResult turn, MatchResult speed) {
        OptionalInt tokens = Numbers.count(turn.group(1));
        return new Measured.Phase(tokens, AbslDuration.seconds(turn.group(2)), Numbers.positive(speed.group(1)));
    }

    private static int announced(ConsoleText block, Pattern pattern) {
        return block.first(pattern)
                .map(match -> Integer.parseInt(match.group(1)))
                .orElse(0);
    }

    private static List<ConsoleText> blocks(ConsoleText text) {
        List<ConsoleText> blocks = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (String line : text.lines()) {
            if (HEAD.matcher(line).find()) {
                open = new ArrayList<>();
            }
            open.add(line);
            if (DECODE_SPEED.matcher(line).find() && isLast(open)) {
                blocks.add(ConsoleText.of(String.join("\n", open)));
                open = new ArrayList<>();
            }
        }
        return open.stream().anyMatch(line -> HEAD.matcher(line).find()) ? List.of() : blocks;
    }

    private static boolean isLast(List<String> open) {
        ConsoleText block = ConsoleText.of(String.join("\n", open));
        return block.all(DECODE_SPEED).size() >= announced(block, DECODES);
    }

    private static Pattern turn(String phase) {
        return Pattern.compile(phase + " Turn [0-9]+: Processed ([0-9]{1,9}) tokens in " + AbslDuration.PATTERN);
    }

    private static Pattern speed(String phase) {
        return Pattern.compile(phase + " Speed:\\s*" + Numbers.NUMBER + "\\s*tokens/sec");
    }

    private static Pattern announced(String phase) {
        return Pattern.compile(phase + " Turns \\(Total:? ([0-9]{1,6})");
    }
}
