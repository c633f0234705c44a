package dev.melt.engines.llamacpp.quality;

import dev.melt.core.workload.Grading;
import dev.melt.core.workload.Item;
import java.util.List;

/** The text files that {@code --hellaswag} and {@code --winogrande} read. */
final class TaskText {
    private TaskText() {}

    /** Six lines an item: the context, the number of the right ending, the four endings. */
    static String hellaswag(List<Item> items) {
        StringBuilder text = new StringBuilder();
        for (Item item : items) {
            line(text, item.contexts().get(0));
            line(text, Integer.toString(gold(item)));
            item.continuations().forEach(ending -> line(text, ending.substring(1)));
        }
        return text.toString();
    }

    /**
     * A row an item: number, sentence with a gap, the two words, the number of the right one from 1. The program takes one line
     * feed off a file's end, and passes over a last row that has none.
     */
    static String winogrande(List<Item> items) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            String first = item.contexts().get(0);
            String second = item.contexts().get(1);
            int gap = commonWords(first, second);
            String sentence =
                    first.substring(0, gap) + "_" + item.continuations().get(0);
            line(
                    text,
                    i + ",\"" + sentence.replace("\"", "''") + "\"," + first.substring(gap) + ","
                            + second.substring(gap) + "," + (gold(item) + 1));
        }
        return text.append('\n').toString();
    }

    /** Whether a row can say it: commas in the words would be taken for separators. */
    static boolean fitsRow(Item item) {
        int gap = commonWords(item.contexts().get(0), item.contexts().get(1));
        return item.contexts().stream()
                .map(context -> context.substring(gap))
                .noneMatch(word -> word.isEmpty() || word.contains(",") || word.contains("\""));
    }

    /** The words that differ begin behind the last blank that both share. */
    private static int commonWords(String first, String second) {
        int same = 0;
        while (same < Math.min(first.length(), second.length()) && first.charAt(same) == second.charAt(same)) {
            same++;
        }
        return first.lastIndexOf(' ', same - 1) + 1;
    }

    private static int gold(Item item) {
        return item.grading() instanceof Grading.Best best ? best.gold() : 0;
    }

    private static void line(StringBuilder text, String content) {
        text.append(content.replace('\n', ' ')).append('\n');
    }
}
