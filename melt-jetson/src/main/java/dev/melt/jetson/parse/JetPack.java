package dev.melt.jetson.parse;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which JetPack an L4T belongs to, as NVIDIA's archive of JetPack releases lists them. */
final class JetPack {
    /** From 32.7 on the third number of L4T is that of JetPack 4.6. */
    private static final Pattern FOUR_SIX = Pattern.compile("32\\.7\\.([1-9]\\d*)");

    private static final Map<String, String> BY_L4T = Map.ofEntries(
            Map.entry("35.1.0", "5.0.2"),
            Map.entry("35.3.1", "5.1.1"),
            Map.entry("35.4.1", "5.1.2"),
            Map.entry("35.5.0", "5.1.3"),
            Map.entry("35.6.0", "5.1.4"),
            Map.entry("35.6.1", "5.1.5"),
            Map.entry("35.6.2", "5.1.5"),
            Map.entry("35.6.3", "5.1.5"),
            Map.entry("36.2.0", "6.0DP"),
            Map.entry("36.3.0", "6.0"),
            Map.entry("36.4.0", "6.1"),
            Map.entry("36.4.3", "6.2"),
            Map.entry("36.4.4", "6.2.1"),
            Map.entry("36.4.7", "6.2.1"),
            Map.entry("36.5.0", "6.2.2"),
            Map.entry("38.4.0", "7.1"),
            Map.entry("39.2.0", "7.2"));

    private JetPack() {}

    static Optional<String> ofL4t(String l4t) {
        Matcher fourSix = FOUR_SIX.matcher(l4t);
        if (fourSix.matches()) {
            return Optional.of("4.6." + fourSix.group(1));
        }
        return l4t.startsWith("38.2.") ? Optional.of("7.0") : Optional.ofNullable(BY_L4T.get(l4t));
    }
}
