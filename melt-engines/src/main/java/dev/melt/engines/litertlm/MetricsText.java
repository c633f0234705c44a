package dev.melt.engines.litertlm;

import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.StatedFigure;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.Figures;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The list of metrics that the C++ programs write, decoded to protocol buffer text: one message an iteration. */
final class MetricsText implements FigureReader {
    private static final double MEBIBYTE = 1 << 20;
    private static final Pattern MESSAGE = Pattern.compile("(?<![\\w])metrics\\s*\\{");
    private static final Pattern PROMPT_TOKENS = Pattern.compile("num_prefill_tokens:\\s*([0-9]{1,9})");
    private static final Pattern DECODE_TOKENS = Pattern.compile("num_decode_tokens:\\s*([0-9]{1,9})");
    private static final Pattern INIT =
            Pattern.compile("key:\\s*\"Init Total\"\\s*value:\\s*([0-9]{1,15})", Pattern.DOTALL);
    private static final Pattern PREFILL = rate("prefill");
    private static final Pattern DECODE = rate("decode");
    private static final Pattern FIRST = Pattern.compile("time_to_first_token_seconds:\\s*" + Numbers.NUMBER);
    private static final Pattern PEAK = Pattern.compile("peak_mem_mb:\\s*" + Numbers.NUMBER);

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log) {
        String text = process.all().text();
        List<String> messages = messages(text);
        List<Measured> turns = new ArrayList<>();
        messages.forEach(message -> turns.addAll(turns(message)));
        if (messages.isEmpty() || turns.isEmpty() || !turns.stream().allMatch(Measured::isWhole)) {
            return Optional.empty();
        }
        number(INIT, messages.get(0)).ifPresent(micros -> spans.load(micros / 1e6));
        turns.forEach(turn -> turn.addTo(spans, log));
        number(PEAK, messages.get(messages.size() - 1))
                .ifPresent(mebibytes ->
                        log.add(StatedFigure.ofTrial("peak_rss", (double) Math.round(mebibytes * MEBIBYTE))));
        return Optional.of(new Figures(process.all().lines().size() - 1, true));
    }

    /** Each message with its braces closed; none when one is open at the end. */
    private static List<String> messages(String text) {
        List<String> messages = new ArrayList<>();
        Matcher head = MESSAGE.matcher(text);
        int from = 0;
        while (head.find(from)) {
            int end = closing(text, head.end());
            if (end < 0) {
                return List.of();
            }
            messages.add(text.substring(head.start(), end));
            from = end;
        }
        return messages;
    }

    private static int closing(String text, int inside) {
        int depth = 1;
        for (int i = inside; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private static List<Measured> turns(String message) {
        List<OptionalDouble> prefills = rates(PREFILL, message);
        List<OptionalDouble> decodes = rates(DECODE, message);
        List<Measured> turns = new ArrayList<>();
        for (int i = 0; i < Math.max(prefills.size(), decodes.size()); i++) {
            turns.add(new Measured(
                    phase(PROMPT_TOKENS, message, prefills, i),
                    phase(DECODE_TOKENS, message, decodes, i),
                    i == 0 ? number(FIRST, message) : OptionalDouble.empty()));
        }
        return turns;
    }

    private static Measured.Phase phase(Pattern tokens, String message, List<OptionalDouble> rates, int turn) {
        if (turn >= rates.size()) {
            return Measured.Phase.NONE;
        }
        Matcher count = tokens.matcher(message);
        return Measured.Phase.of(count.find() ? Numbers.count(count.group(1)) : OptionalInt.empty(), rates.get(turn));
    }

    private static List<OptionalDouble> rates(Pattern pattern, String message) {
        return pattern.matcher(message)
                .results()
                .map(match -> Numbers.positive(match.group(1)))
                .toList();
    }

    private static OptionalDouble number(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? Numbers.positive(matcher.group(1)) : OptionalDouble.empty();
    }

    private static Pattern rate(String phase) {
        return Pattern.compile(phase + "_turns\\s*\\{[^{}]*?tokens_per_second:\\s*" + Numbers.NUMBER, Pattern.DOTALL);
    }
}
