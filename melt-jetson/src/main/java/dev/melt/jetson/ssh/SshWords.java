package dev.melt.jetson.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The lines of {@code ssh -G}: a key in lower case and what follows it.
 *
 * @param byKey every value in the order of the lines
 */
record SshWords(Map<String, List<String>> byKey) {
    static SshWords parse(String text) {
        Map<String, List<String>> byKey = new TreeMap<>();
        text.lines().forEach(line -> {
            int blank = line.indexOf(' ');
            if (blank > 0) {
                byKey.computeIfAbsent(line.substring(0, blank).toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                        .add(line.substring(blank + 1).strip());
            }
        });
        return new SshWords(byKey);
    }

    List<String> all(String key) {
        return byKey.getOrDefault(key, List.of());
    }

    Optional<String> first(String key) {
        return all(key).stream().findFirst().filter(value -> !value.isEmpty());
    }

    boolean is(String key) {
        return first(key).filter("yes"::equals).isPresent();
    }
}
