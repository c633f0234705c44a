package dev.melt.cli.text;

import dev.melt.cli.Session;
import dev.melt.core.problem.PlainText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All that is known of one thing: for people a line for each fact, for programs one JSON object. Not safe for threads. */
public final class Details {
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    /** A fact that reads the same for both. */
    public Details add(String name, Object value) {
        return add(name, value, String.valueOf(value));
    }

    /** A fact that people read in another form. */
    public Details add(String name, Object value, String text) {
        values.put(name, value);
        texts.put(name.replace('_', ' '), text);
        return this;
    }

    /** A fact that programs get in another place; its name is shown as it is. */
    public Details textOnly(String name, String text) {
        texts.put(name, text);
        return this;
    }

    /** A fact that is left out when it is not known. */
    public Details addIfKnown(String name, Optional<?> value) {
        value.ifPresent(known -> add(name, known));
        return this;
    }

    /** A list or a map, which people get in a table of its own. */
    public Details jsonOnly(String name, Object value) {
        values.put(name, value);
        return this;
    }

    /** All facts as programs read them. */
    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }

    public void print(Session session, boolean json) {
        if (json) {
            JsonOut.print(session.out(), values);
            return;
        }
        int widest = texts.keySet().stream().mapToInt(String::length).max().orElse(0);
        texts.forEach((name, text) ->
                session.out().println(name + " ".repeat(widest - name.length()) + "  " + PlainText.oneLine(text)));
    }
}
