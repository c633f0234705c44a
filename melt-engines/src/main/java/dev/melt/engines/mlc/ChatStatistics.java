package dev.melt.engines.mlc;

import static dev.melt.engines.text.Numbers.NUMBER;

import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.StatedFigure;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.JsonTexts;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a chat program answers to {@code /stats}: a line of two rates, the same with counts before it, a block of two parts, or
 * the JSON of MELT's patch. Where several forms stand in one log they are the same figures, and the fullest is taken.
 */
final class ChatStatistics implements MlcForm {
    private static final Pattern LINE =
            Pattern.compile("(?:input_tokens:\\s*([0-9]+) tok, output_tokens:\\s*([0-9]+) tok, )?" + "prefill: "
                    + NUMBER + " tok/s, decode: " + NUMBER + " tok/s");
    private static final String PART = " -+\\s+[^\\n]*?throughput: " + NUMBER
            + " tok/s\\s+[^\\n]*?total tokens: ([0-9]+) tok\\s+[^\\n]*?total time: " + NUMBER + " s\\b";
    private static final Pattern BLOCK = Pattern.compile("-+ prefill" + PART + "\\s+[^\\n]*?-+ decode" + PART);
    private static final Pattern BLOCK_BEGINS = Pattern.compile("-+ prefill -+");

    @Override
    public boolean recognises(String text) {
        ConsoleText console = ConsoleText.of(text);
        return console.has(LINE) || console.has(BLOCK_BEGINS) || !json(text).isEmpty();
    }

    @Override
    public boolean read(String text, EventLogBuilder log) throws UnknownOutputException {
        List<MlcStats> turns =
                statistics(text).stream().filter(stats -> !stats.empty()).toList();
        if (turns.isEmpty()) {
            throw new UnknownOutputException(
                    "mlc-llm: chat statistics with rates above 0 expected, none found or the block is cut off");
        }
        SpanLayout layout = new SpanLayout(log);
        for (MlcStats stats : turns) {
            int turn = layout.turn(stats.spans());
            log.add(stats.perf(turn));
            rateAlone("prefill_rate", turn, stats.prefill(), log);
            rateAlone("decode_rate", turn, stats.decode(), log);
        }
        return true;
    }

    /** Of old versions that print no count from which a time could be told. */
    private static void rateAlone(String metric, int turn, MlcPhase phase, EventLogBuilder log) {
        if (!phase.measured()) {
            phase.tokensPerSecond().ifPresent(rate -> log.add(StatedFigure.ofTurn(metric, turn, rate)));
        }
    }

    private static List<MlcStats> statistics(String text) {
        List<MlcStats> json = json(text);
        if (!json.isEmpty()) {
            return json;
        }
        ConsoleText console = ConsoleText.of(text);
        List<MlcStats> blocks = BLOCK.matcher(console.text())
                .results()
                .map(block -> new MlcStats(
                        MlcPhase.of(block.group(2), block.group(1), block.group(3)),
                        MlcPhase.of(block.group(5), block.group(4), block.group(6))))
                .toList();
        boolean begun = console.has(BLOCK_BEGINS);
        return begun
                ? blocks
                : console.all(LINE).stream().map(ChatStatistics::line).toList();
    }

    private static MlcStats line(MatchResult line) {
        return new MlcStats(
                MlcPhase.of(Optional.ofNullable(line.group(1)).orElse(""), line.group(3), ""),
                MlcPhase.of(Optional.ofNullable(line.group(2)).orElse(""), line.group(4), ""));
    }

    private static List<MlcStats> json(String text) {
        return text.contains("\"throughput\"")
                ? JsonTexts.objects(ConsoleText.of(text).text()).stream()
                        .filter(MlcStats::is)
                        .map(MlcStats::of)
                        .toList()
                : List.of();
    }
}
