package dev.melt.ios.parse;

import dev.melt.core.parse.SourceText;
import java.util.List;
import java.util.regex.Pattern;

/** Dictionaries as Python prints them, which differ from JSON in the marks of text and in three words. */
final class PythonText {
    private static final Pattern BEGIN = Pattern.compile("(?:.{0,200}\\bINFO\\b.{0,40}|\\s*+)\\{\\s*+'.*");
    private static final Pattern LOGGED = Pattern.compile("^[^{}\"]{0,200}\\bINFO\\b[^{}\"]{0,40}(?=\\{)");

    private PythonText() {}

    /** The same text, in JSON where it has such a dictionary, without what a logger puts before one. */
    static SourceText asJson(SourceText text) {
        boolean python = text.has(line -> BEGIN.matcher(line).matches());
        List<String> lines = text.lines().stream()
                .map(line -> LOGGED.matcher(line).replaceFirst(""))
                .map(line -> python ? json(line) : line)
                .toList();
        return new SourceText(lines, text.damaged(), text.ended());
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
