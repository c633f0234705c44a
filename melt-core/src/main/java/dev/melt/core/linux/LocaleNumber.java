package dev.melt.core.linux;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** A number as a program prints it in whatever language it was started in: {@code 1,234.56}, {@code 1.234,56}, {@code 1 234,56}. */
final class LocaleNumber {
    private static final String BLANKS = "[\\s\\u00a0\\u202f'\\u2019]";
    private static final Pattern PLAIN = Pattern.compile("\\d{1,15}(?:\\.\\d{1,12})?");
    private static final Pattern GROUPED_BY_COMMA =
            Pattern.compile("\\d{1,3}(?:,\\d{3})++\\.\\d{1,12}|\\d{1,3}(?:,\\d{3}){2,5}");
    private static final Pattern GROUPED_BY_POINT = Pattern.compile("\\d{1,3}(?:\\.\\d{3})++,\\d{1,12}");
    private static final Pattern COMMA = Pattern.compile("\\d{1,15},\\d{1,12}");
    private static final Pattern EITHER = Pattern.compile("[1-9]\\d{0,2},\\d{3}");

    private LocaleNumber() {}

    /** Empty for what is no number, and for {@code 1,234}, which is one number in one language and another in the next. */
    static OptionalDouble of(String text) {
        String word = text.strip().replaceAll(BLANKS, "");
        if (PLAIN.matcher(word).matches()) {
            return OptionalDouble.of(Double.parseDouble(word));
        }
        if (GROUPED_BY_COMMA.matcher(word).matches()) {
            return OptionalDouble.of(Double.parseDouble(word.replace(",", "")));
        }
        if (GROUPED_BY_POINT.matcher(word).matches()) {
            return OptionalDouble.of(Double.parseDouble(word.replace(".", "").replace(',', '.')));
        }
        boolean decimal = COMMA.matcher(word).matches() && !EITHER.matcher(word).matches();
        return decimal ? OptionalDouble.of(Double.parseDouble(word.replace(',', '.'))) : OptionalDouble.empty();
    }
}
