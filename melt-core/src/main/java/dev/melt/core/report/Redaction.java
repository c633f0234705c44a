package dev.melt.core.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes what identifies a device or a network out of text: serial numbers that are known from the run, and whatever has
 * the form of a MAC, IPv4 or IPv6 address.
 */
final class Redaction {
    /** Shorter ones would hit words that mean something else. */
    private static final int SHORTEST_SERIAL = 4;

    private static final Pattern ADDRESS = Pattern.compile("(?<![\\w.:-])(?:"
            + "[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}"
            + "|(?:\\d{1,3}\\.){3}\\d{1,3}"
            + "|(?=[0-9A-Fa-f:]*[0-9A-Fa-f]{3})(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6}"
            + "|(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}"
            + ")(?![\\w.-])");

    private static final Set<String> IDENTIFYING_FACTS =
            Set.of("serial", "udid", "mac", "address", "hostname", "machine_id", "boot_id", "imei");

    private final Pseudonyms pseudonyms;
    private final List<String> serials;

    Redaction(Pseudonyms pseudonyms, Collection<String> serials) {
        this.pseudonyms = pseudonyms;
        // longest first: one may be the beginning of another
        this.serials = serials.stream()
                .filter(serial -> serial.length() >= SHORTEST_SERIAL)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    String serial(String serial) {
        return serial.isEmpty() ? serial : pseudonyms.of(serial);
    }

    String text(String text) {
        if (!pseudonyms.hide()) {
            return text;
        }
        String redacted = text;
        for (String serial : serials) {
            redacted = redacted.replace(serial, pseudonyms.of(serial));
        }
        return ADDRESS.matcher(redacted).replaceAll(match -> Matcher.quoteReplacement(pseudonyms.of(match.group())));
    }

    SortedMap<String, String> facts(Map<String, String> facts) {
        SortedMap<String, String> redacted = new TreeMap<>();
        facts.forEach((key, value) -> redacted.put(key, isIdentifying(key) ? serial(value) : text(value)));
        return redacted;
    }

    private static boolean isIdentifying(String key) {
        return IDENTIFYING_FACTS.stream().anyMatch(fact -> key.equals(fact) || key.endsWith("_" + fact));
    }

    List<String> texts(List<String> texts) {
        return texts.stream().map(this::text).toList();
    }
}
