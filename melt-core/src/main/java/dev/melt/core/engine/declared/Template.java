package dev.melt.core.engine.declared;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A word with placeholders such as {@code {model}}; two opening braces stand for one that is meant. */
final class Template {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{|\\{([a-z_]+(?::[A-Za-z0-9._/-]+)?)}");

    private Template() {}

    /** The word with every placeholder replaced; what is put in is not looked at again. */
    static String expand(String word, UnaryOperator<String> values) {
        return PLACEHOLDER
                .matcher(word)
                .replaceAll(
                        found -> Matcher.quoteReplacement(found.group(1) == null ? "{" : values.apply(found.group(1))));
    }

    /** The placeholders of some words. */
    static Set<String> namesIn(Iterable<String> words) {
        Set<String> names = new LinkedHashSet<>();
        for (String word : words) {
            PLACEHOLDER
                    .matcher(word)
                    .results()
                    .map(MatchResult::group)
                    .filter(found -> !found.equals("{{"))
                    .map(found -> found.substring(1, found.length() - 1))
                    .forEach(names::add);
        }
        return names;
    }
}
