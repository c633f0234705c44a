package dev.melt.core.problem;

import static java.util.Comparator.comparingInt;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names that a person may have meant when the one they gave is not known. */
public final class Nearest {
    private static final int OFFERED = 3;

    /** Longer than any name; what is longer was not a slip of the finger, and costs quadratic time. */
    private static final int LONGEST_COMPARED = 200;

    private Nearest() {}

    /**
     * At most three of {@code known}, most similar first: those that a few typing errors turn into {@code given}, or that
     * begin with it. Upper and lower case count as the same letter. Empty when nothing comes near.
     */
    public static List<String> of(String given, Collection<String> known) {
        String wanted = given.toLowerCase(Locale.ROOT);
        if (wanted.isEmpty() || wanted.length() > LONGEST_COMPARED) {
            return List.of();
        }
        return known.stream()
                .distinct()
                .map(name -> Map.entry(name, errors(wanted, name.toLowerCase(Locale.ROOT))))
                .filter(entry -> entry.getValue() <= tolerated(wanted, entry.getKey()))
                .sorted(comparingInt((Map.Entry<String, Integer> entry) -> entry.getValue())
                        .thenComparing(comparingInt(entry -> -sharedBeginning(wanted, entry.getKey())))
                        .thenComparing(Map.Entry::getKey, Comparator.naturalOrder()))
                .limit(OFFERED)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static int tolerated(String wanted, String name) {
        int longer = Math.max(wanted.length(), name.length());
        return Math.min(Math.max(2, longer / 3), longer / 2);
    }

    /** People seldom err in the first letter. */
    private static int sharedBeginning(String wanted, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int shared = 0;
        while (shared < Math.min(wanted.length(), lower.length()) && wanted.charAt(shared) == lower.charAt(shared)) {
            shared++;
        }
        return shared;
    }

    private static int errors(String wanted, String name) {
        return wanted.length() > 2 && name.startsWith(wanted) ? 1 : distance(wanted, name);
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                if (swapped(a, i, b, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] freed = beforeLast;
            beforeLast = last;
            last = row;
            row = freed;
        }
        return last[b.length()];
    }

    private static boolean swapped(String a, int i, String b, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
