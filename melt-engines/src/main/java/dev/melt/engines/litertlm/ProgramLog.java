package dev.melt.engines.litertlm;

import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.StatedFigure;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.Numbers;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the programs log beside the figures. The peak of memory is that of the resident set where the unit follows the number at
 * once; where a blank stands between them the engine prints its private footprint under the same words.
 */
final class ProgramLog {
    private static final double MEBIBYTE = 1 << 20;
    private static final Pattern PEAK = Pattern.compile("Peak system ram usage:\\s*" + Numbers.NUMBER + "MB");
    private static final Pattern PRIVATE = Pattern.compile("Peak private footprint:\\s*" + Numbers.NUMBER + "\\s*MB");
    private static final Pattern BACKEND = Pattern.compile("(?:Choose backend|Backend\\s*):\\s*(cpu|gpu|npu)\\b");
    private static final Pattern THREADS = Pattern.compile("number_of_threads:\\s*([1-9][0-9]{0,3})\\b");
    private static final Pattern CHUNK = Pattern.compile("prefill_chunk_size:\\s*([1-9][0-9]{0,6})\\b");
    private static final Pattern CONTEXT =
            Pattern.compile("(?:max_num_tokens|Max number of tokens\\s*):\\s*([1-9][0-9]{0,8})\\b");

    private ProgramLog() {}

    static void facts(ConsoleText text, EventLogBuilder log) {
        text.last(PEAK)
                .map(match -> Numbers.positive(match.group(1)))
                .ifPresent(value -> value.ifPresent(mebibytes ->
                        log.add(StatedFigure.ofTrial("peak_rss", (double) Math.round(mebibytes * MEBIBYTE)))));
        text.last(PRIVATE)
                .map(match -> Numbers.positive(match.group(1)))
                .ifPresent(value -> value.ifPresent(mebibytes ->
                        log.fact("memory.peak_private_bytes", Long.toString(Math.round(mebibytes * MEBIBYTE)))));
        text.last(BACKEND)
                .ifPresent(match -> log.effective("backend", match.group(1).toLowerCase(Locale.ROOT)));
        text.last(THREADS).ifPresent(match -> log.effective("threads", match.group(1)));
        text.last(CHUNK).ifPresent(match -> log.effective("chunk_length", match.group(1)));
        text.last(CONTEXT).ifPresent(match -> log.effective("context", match.group(1)));
    }
}
