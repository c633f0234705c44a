package dev.melt.core.file;

import dev.melt.core.problem.InvalidInputException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of storage as people write them: {@code 500MB}, {@code 8GB}, {@code 8GiB}, {@code 8G}, a bare number of bytes. */
public final class ByteSize {
    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?|[0-9]{10,18}) ?(?:([kKMGT])(i?))?B?");
    private static final String PREFIXES = "KMGT";
    private static final int DECIMAL = 1000;
    private static final int BINARY = 1024;

    private ByteSize() {}

    /**
     * Reads one: {@code MB} is a million bytes, {@code MiB} 2²⁰.
     *
     * @param subject what it was given for, such as {@code --quota}
     */
    public static long parse(String subject, String given) {
        Matcher matcher = FORM.matcher(given.strip());
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    subject + " " + given, "an amount such as 500MB, 8GB or 8GiB expected", "none found", "correct it");
        }
        String prefix = matcher.group(2);
        if (prefix == null) {
            return (long) Double.parseDouble(matcher.group(1));
        }
        int base = "i".equals(matcher.group(3)) ? BINARY : DECIMAL;
        int power = PREFIXES.indexOf(prefix.toUpperCase(Locale.ROOT)) + 1;
        return (long) (Double.parseDouble(matcher.group(1)) * Math.pow(base, power));
    }
}
