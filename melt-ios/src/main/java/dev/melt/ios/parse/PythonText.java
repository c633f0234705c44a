package dev.melt.ios.parse;

import dev.melt.core.parse.SourceText;
import java.util.regex.Pattern;

/** Dictionaries as Python prints them, which differ from JSON in the marks of text and in three words. */
final class PythonText {
    private static final Pattern BEGIN = Pattern.compile("\\s*+\\{\\s*+'.*");

    private PythonText() {}

    /** The same text, in JSON where it has such a dictionary. */
    static SourceText asJson(SourceText text) {
        if (!text.has(line -> BEGIN.matcher(line).matches())) {
            return text;
        }
        return new SourceText(text.lines().stream().map(PythonText::json).toList(), text.damaged(), text.ended());
    }

    private static String json(String line) {
        StringBuilder json = new StringBuilder();
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == '\'' || c == '"') {
                at = quoted(line, at, json);
            } else if (Character.isLetter(c)) {
                int end = at;
                while (end < line.length() && Character.isLetterOrDigit(line.charAt(end))) {
                    end++;
                }
                json.append(word(line.substring(at, end)));
                at = end;
            } else {
                json.append(c);
                at++;
            }
        }
        return json.toString();
    }

    /** A {@code b} before text marks bytes, which JSON knows only as text. */
    private static String word(String word) {
        return switch (word) {
            case "True" -> "true";
            case "False" -> "false";
            case "None" -> "null";
            case "b" -> "";
            default -> word;
        };
    }

    private static int quoted(String line, int start, StringBuilder json) {
        char mark = line.charAt(start);
        int at = start + 1;
        json.append('"');
        while (at < line.length() && line.charAt(at) != mark) {
            char c = line.charAt(at);
            boolean escape = c == '\\' && at + 1 < line.length();
            if (escape) {
                json.append(escaped(line.charAt(at + 1)));
            } else {
                json.append(c == '"' ? "\\\"" : c == '\\' ? "" : Character.toString(c));
            }
            at += escape ? 2 : 1;
        }
        if (at < line.length()) {
            json.append('"');
        }
        return at + 1;
    }

    private static String escaped(char c) {
        return switch (c) {
            case 'n', 'r', 't', 'u', '\\', '"' -> "\\" + c;
            case '\'' -> "'";
            default -> Character.toString(c);
        };
    }
}
