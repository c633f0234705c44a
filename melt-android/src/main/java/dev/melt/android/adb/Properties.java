package dev.melt.android.adb;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Android's system properties, as {@code getprop} prints them. */
record Properties(Map<String, String> values) {
    private static final Pattern ENTRY = Pattern.compile("(?sm)^\\[([^\\]\\n]+)\\]: \\[(.*?)\\]\\s*?(?=\\n\\[|\\z)");

    Properties {
        values = Map.copyOf(values);
    }

    /** A value may hold line feeds: it goes on until the next line that begins an entry. */
    static Properties parse(String text) {
        TreeMap<String, String> values = new TreeMap<>();
        Matcher matcher = ENTRY.matcher(text.replace("\r\n", "\n").stripTrailing());
        while (matcher.find()) {
            values.put(matcher.group(1), matcher.group(2));
        }
        return new Properties(values);
    }

    /** The first of several properties that says something. */
    Optional<String> first(String... names) {
        for (String name : names) {
            String value = values.getOrDefault(name, "").strip();
            if (!value.isEmpty() && !value.equals("unknown")) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
