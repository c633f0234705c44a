package dev.melt.cli.whole;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** SentencePiece by the book: join the pair of neighbours of the best score until none is left; bytes for the rest. */
final class PlainTokenizer {
    private static final int BEGIN = 1;

    private final Map<String, Integer> ids = new HashMap<>();
    private final List<?> scores;

    PlainTokenizer(PlainGguf model) {
        model.array("tokenizer.ggml.tokens").forEach(token -> ids.put((String) token, ids.size()));
        scores = model.array("tokenizer.ggml.scores");
    }

    /** With the begin token, and a blank before the text. */
    List<Integer> tokens(String text) {
        List<String> symbols = new ArrayList<>();
        ("\u2581" + text.replace(' ', '\u2581')).codePoints().forEach(point -> symbols.add(Character.toString(point)));
        for (int at = best(symbols); at >= 0; at = best(symbols)) {
            symbols.set(at, symbols.get(at) + symbols.remove(at + 1));
        }
        List<Integer> tokens = new ArrayList<>(List.of(BEGIN));
        symbols.forEach(symbol -> addTo(tokens, symbol));
        return tokens;
    }

    private int best(List<String> symbols) {
        int best = -1;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int i = 0; i + 1 < symbols.size(); i++) {
            Integer id = ids.get(symbols.get(i) + symbols.get(i + 1));
            if (id != null && ((Number) scores.get(id)).doubleValue() > bestScore) {
                best = i;
                bestScore = ((Number) scores.get(id)).doubleValue();
            }
        }
        return best;
    }

    private void addTo(List<Integer> tokens, String symbol) {
        Integer id = ids.get(symbol);
        if (id != null) {
            tokens.add(id);
            return;
        }
        for (byte value : symbol.getBytes(StandardCharsets.UTF_8)) {
            tokens.add(ids.getOrDefault(String.format("<0x%02X>", value & 0xff), 0));
        }
    }
}
