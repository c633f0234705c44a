package dev.melt.engines.mlx;

import static dev.melt.engines.text.Numbers.NUMBER;

import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.Numbers;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** The most that MLX's own allocator held, which is not the memory of the process. */
final class MlxMemory {
    private static final double GIGA = 1e9;
    private static final Pattern LINE = Pattern.compile("Peak memory:\\s*" + NUMBER + " GB");
    private static final Pattern FIELD = Pattern.compile("peak_memory=" + NUMBER);
    private static final Pattern SNAPSHOT = Pattern.compile("Peak:\\s+[0-9]+[KMG]?\\s+\\(([0-9]+)\\)");

    private MlxMemory() {}

    /** In bytes; of several the largest. */
    static OptionalLong peakBytes(ConsoleText text) {
        LongStream gigabytes = LongStream.concat(gigabytes(text, LINE), gigabytes(text, FIELD));
        LongStream bytes = text.all(SNAPSHOT).stream().flatMapToLong(found -> Numbers.whole(found.group(1)).stream());
        return LongStream.concat(gigabytes, bytes).filter(value -> value > 0).max();
    }

    private static LongStream gigabytes(ConsoleText text, Pattern pattern) {
        return text.all(pattern).stream()
                .flatMapToDouble(found -> Numbers.positive(found.group(1)).stream())
                .mapToLong(value -> Math.round(value * GIGA));
    }
}
