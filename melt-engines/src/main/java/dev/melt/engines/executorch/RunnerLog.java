package dev.melt.engines.executorch;

import dev.melt.core.event.EventLogBuilder;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.Numbers;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the runner's log says beside the figures. Its readings of resident memory are three points in time and no peak, so that they
 * are kept as facts.
 */
final class RunnerLog {
    private static final double MEBIBYTE = 1 << 20;
    private static final Pattern THREADS = Pattern.compile("Resetting threadpool with num threads = ([0-9]{1,4})");
    private static final Map<String, Pattern> RESIDENT = Map.of(
            "memory.rss_loaded_bytes", resident("loading model"),
            "memory.rss_prefilled_bytes", resident("prompt prefill"),
            "memory.rss_generated_bytes", resident("finishing text generation"));

    private RunnerLog() {}

    static void facts(ConsoleText text, EventLogBuilder log) {
        text.last(THREADS).ifPresent(match -> log.effective("threads", match.group(1)));
        RESIDENT.forEach((key, pattern) -> text.last(pattern)
                .map(match -> Numbers.positive(match.group(1)))
                .ifPresent(value ->
                        value.ifPresent(mebibytes -> log.fact(key, Long.toString(Math.round(mebibytes * MEBIBYTE))))));
    }

    private static Pattern resident(String after) {
        return Pattern.compile("RSS after " + after + ":\\s*" + Numbers.NUMBER + "\\s*MiB");
    }
}
