package dev.melt.android.control;

import static dev.melt.core.agent.ShellQuoting.quote;

import java.util.Optional;
import java.util.function.Function;

/** A row of Android's settings tables, as the program {@code settings} reads and writes it. */
record SettingsTable(String table, String key) {
    String read() {
        return "settings get " + table + " " + key;
    }

    Function<Optional<String>, String> write() {
        return value -> value.map(text -> "settings put " + table + " " + key + " " + quote(text))
                .orElse("settings delete " + table + " " + key);
    }
}
