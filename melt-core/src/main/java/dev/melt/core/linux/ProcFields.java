package dev.melt.core.linux;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines {@code Key: value} as {@code /proc} has them. The first of a key counts.
 *
 * @param bytes sizes, in the order of the file
 * @param words everything else, numbers without a unit too
 * @param skipped lines that are neither
 */
record ProcFields(Map<String, Long> bytes, Map<String, String> words, long skipped) {
    private static final Pattern LINE = Pattern.compile("([A-Za-z][\\w()]*):\\s*(.*?)\\s*");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}) kB");
    private static final long KIBI = 1024;

    ProcFields {
        bytes = Collections.unmodifiableMap(new LinkedHashMap<>(bytes));
        words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
    }

    /**
     * Reads all lines but those to be passed over.
     *
     * @param isSize which keys must have a size in kB
     * @throws UnknownOutputException when the text breaks off inside its last line
     */
    static ProcFields read(SourceText text, Predicate<String> passedOver, Predicate<String> isSize)
            throws UnknownOutputException {
        Map<String, Long> bytes = new LinkedHashMap<>();
        Map<String, String> words = new LinkedHashMap<>();
        long skipped = 0;
        for (int i = 0; i < text.lines().size(); i++) {
            String line = text.lines().get(i);
            if (line.isBlank() || passedOver.test(line)) {
                continue;
            }
            Matcher field = LINE.matcher(line);
            Matcher size = SIZE.matcher(field.matches() ? field.group(2) : "");
            if (size.matches()) {
                bytes.putIfAbsent(field.group(1), Long.parseLong(size.group(1)) * KIBI);
            } else if (text.cutIn(i)) {
                throw text.cutOff("whole lines");
            } else if (field.matches() && !isSize.test(field.group(1))) {
                words.putIfAbsent(field.group(1), field.group(2));
            } else {
                skipped++;
            }
        }
        return new ProcFields(bytes, words, skipped);
    }

    OptionalLong size(String key) {
        Long size = bytes.get(key);
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    Optional<String> word(String key) {
        return Optional.ofNullable(words.get(key));
    }

    OptionalLong number(String key) {
        return word(key).filter(word -> word.matches("\\d{1,18}")).stream()
                .mapToLong(Long::parseLong)
                .findFirst();
    }
}
