package dev.melt.core.model.synth;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pieces that a made-up vocabulary is built of, most wanted first, so that English prompts become about as many tokens
 * as with a real one: common words with the space before them, the same with a capital, endings, and pairs of letters.
 * Every piece but a single character comes after the piece that it lengthens by one character: tokenizers that merge
 * neighbours can then reach it from the left.
 */
final class WordPieces {
    /** Stands for a space inside a piece, as SentencePiece writes it. */
    static final char SPACE = '\u2581';

    private static final String ENDINGS =
            "s ed ing er ly tion ions ment ness able est ers ings ies al ity ive ous ful less ation en es";
    private static final List<String> PIECES = make();

    private WordPieces() {}

    /** The first {@code most} pieces, each of two characters or more. */
    static List<String> first(int most) {
        return PIECES.subList(0, Math.max(0, Math.min(most, PIECES.size())));
    }

    private static List<String> make() {
        List<String> words = words();
        Set<String> pieces = new LinkedHashSet<>();
        words.forEach(word -> addGrowing(pieces, SPACE + word));
        words.forEach(word -> addGrowing(pieces, SPACE + capitalised(word)));
        words.forEach(word -> addGrowing(pieces, capitalised(word)));
        Arrays.asList(ENDINGS.split(" ")).forEach(ending -> addGrowing(pieces, ending));
        pieces.addAll(letterPairs(words));
        return List.copyOf(pieces);
    }

    private static void addGrowing(Set<String> pieces, String word) {
        for (int length = 2; length <= word.length(); length++) {
            pieces.add(word.substring(0, length));
        }
    }

    private static List<String> letterPairs(List<String> words) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String word : words) {
            for (int i = 0; i + 2 <= word.length(); i++) {
                counts.merge(word.substring(i, i + 2), 1, Integer::sum);
            }
        }
        List<String> pairs = new ArrayList<>(counts.keySet());
        Collections.sort(pairs, (a, b) -> counts.getOrDefault(b, 0) - counts.getOrDefault(a, 0));
        return pairs;
    }

    private static String capitalised(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static List<String> words() {
        try (InputStream in = WordPieces.class.getResourceAsStream("english.txt")) {
            if (in == null) {
                throw new IllegalStateException("MELT's word list is missing from its jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return Arrays.stream(text.strip().split("\\s+")).distinct().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("MELT's word list cannot be read", e);
        }
    }
}
