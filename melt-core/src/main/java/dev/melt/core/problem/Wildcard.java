package dev.melt.core.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A word in which {@code *} stands for anything. Upper and lower case count the same, and so does every character that is neither a
 * letter nor a digit: lists of devices write such characters in several ways.
 */
public record Wildcard(String text) {
    /** Whether a word has this form. */
    public boolean matches(String word) {
        String form = Arrays.stream(text.split("\\*", -1))
                .map(part -> Pattern.quote(plain(part)))
                .collect(Collectors.joining(".*"));
        return Pattern.compile(form).matcher(plain(word)).matches();
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }
}
