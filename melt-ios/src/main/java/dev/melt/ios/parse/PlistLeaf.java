package dev.melt.ios.parse;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A key or a single value of a property list while its words are gathered. Not thread-safe. */
final class PlistLeaf {
    static final Set<String> NAMES = Set.of("key", "string", "integer", "real", "true", "false", "date", "data");

    private static final Pattern WHOLE = Pattern.compile("[-+]?\\d{1,30}");
    private static final Pattern REAL = Pattern.compile("[-+]?\\d{1,30}(?:\\.\\d{0,30})?(?:[eE][-+]?\\d{1,3})?");
    private static final Pattern ESCAPE =
            Pattern.compile("&(?:(lt|gt|amp|quot|apos)|#(\\d{1,7})|#x([0-9a-fA-F]{1,6}));");

    private final String name;
    private final StringBuilder words = new StringBuilder();

    PlistLeaf(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void add(String more) {
        words.append(more);
    }

    /** As meant: what XML writes with an ampersand is the letter it stands for. */
    String words() {
        Matcher escape = ESCAPE.matcher(words);
        return escape.replaceAll(found -> Matcher.quoteReplacement(plain(escape)));
    }

    private static String plain(Matcher escape) {
        if (escape.group(1) != null) {
            return switch (escape.group(1)) {
                case "lt" -> "<";
                case "gt" -> ">";
                case "quot" -> "\"";
                case "apos" -> "'";
                default -> "&";
            };
        }
        int point = escape.group(2) != null ? Integer.parseInt(escape.group(2)) : Integer.parseInt(escape.group(3), 16);
        return Character.isValidCodePoint(point) ? Character.toString(point) : "";
    }

    /** Numbers as such, dates and the base64 of data as text; empty for a number that is none. */
    Optional<Object> value() {
        String plain = words().strip();
        return switch (name) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            case "integer" -> WHOLE.matcher(plain).matches() ? Optional.of(whole(plain)) : Optional.empty();
            case "real" -> REAL.matcher(plain).matches() ? Optional.of(Double.valueOf(plain)) : Optional.empty();
            case "data" -> Optional.of(plain.replaceAll("\\s", ""));
            case "string" -> Optional.of(words());
            default -> Optional.of(plain);
        };
    }

    private static Number whole(String digits) {
        BigInteger number = new BigInteger(digits);
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }
}
