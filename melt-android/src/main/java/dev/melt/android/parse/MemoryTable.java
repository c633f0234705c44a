package dev.melt.android.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of one process in a memory dump, while its lines come in. Not thread-safe. */
final class MemoryTable {
    private static final long KIBI = 1024;
    private static final String NUMBER = "\\d{1,3}(?:,\\d{3})+|\\d{1,12}";
    private static final Pattern ROW = Pattern.compile("\\s*(\\S.*?)((?:\\s+(?:" + NUMBER + "))+)\\s*");
    private static final Pattern SUMMARY =
            Pattern.compile("\\s*([A-Z][A-Za-z ]*?):((?:\\s+(?:" + NUMBER + ")){0,2})\\s*");
    private static final Pattern TOTAL =
            Pattern.compile("(TOTAL(?: PSS| RSS| SWAP PSS| SWAP)?)(?: \\(KB\\))?:\\s*(" + NUMBER + ")(?=\\s|$)");
    private static final Pattern RULE = Pattern.compile("[\\s-]+");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** A lone number further right stands in the second column. */
    private static final int LONGEST_FIRST_COLUMN = 20;

    private final OptionalLong pid;
    private final Optional<String> process;
    private final List<String> above = new ArrayList<>();
    private final List<MemoryRow> rows = new ArrayList<>();
    private final Map<String, Long> summary = new LinkedHashMap<>();
    private boolean inSummary;
    private boolean over;
    private boolean heading = true;
    private long skipped;

    MemoryTable(OptionalLong pid, Optional<String> process) {
        this.pid = pid;
        this.process = process;
    }

    void take(String line) {
        String plain = line.strip();
        if (plain.startsWith("App Summary")) {
            inSummary = true;
        } else if (over || plain.isEmpty() || RULE.matcher(plain).matches() || plain.startsWith("Pss(KB)")) {
            heading &= !plain.startsWith("-");
        } else if (plain.equals("Objects") || plain.equals("SQL") || plain.equals("DATABASES")) {
            over = true;
        } else if (inSummary) {
            summary(line);
        } else if (heading && plain.chars().noneMatch(Character::isDigit)) {
            above.add(plain);
        } else {
            row(line);
        }
    }

    private void summary(String line) {
        Matcher total = TOTAL.matcher(line);
        boolean any = false;
        while (total.find()) {
            any = true;
            summary.putIfAbsent(total.group(1), bytes(total.group(2)));
        }
        Matcher part = SUMMARY.matcher(line);
        if (!any && part.matches()) {
            List<String> cells = cells(part.group(2));
            boolean rssOnly = cells.size() == 1 && part.group(2).length() > LONGEST_FIRST_COLUMN;
            for (int i = 0; i < cells.size(); i++) {
                boolean rss = i == 1 || rssOnly;
                summary.putIfAbsent(part.group(1) + (rss ? " Rss" : ""), bytes(cells.get(i)));
            }
        } else if (!any) {
            skipped++;
        }
    }

    private void row(String line) {
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
            skipped++;
            return;
        }
        heading = false;
        List<String> cells = cells(row.group(2));
        List<String> columns = columns(cells.size(), row.group(1));
        long withoutHeap =
                columns.stream().filter(column -> !column.startsWith("Heap")).count();
        if (cells.size() != columns.size() && cells.size() != withoutHeap) {
            skipped++;
            return;
        }
        Map<String, Long> bytes = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            bytes.put(columns.get(i), bytes(cells.get(i)));
        }
        rows.add(new MemoryRow(row.group(1), bytes));
    }

    /** What stands above the columns; where the dump was cut from its middle, what that many numbers mean. */
    private List<String> columns(int cells, String row) {
        if (above.size() == 2) {
            List<String> upper = cells(above.get(0));
            List<String> lower = cells(above.get(1));
            if (upper.size() == lower.size()) {
                List<String> both = new ArrayList<>();
                for (int i = 0; i < upper.size(); i++) {
                    both.add(upper.get(i) + " " + lower.get(i));
                }
                return both;
            }
        }
        List<String> known = new ArrayList<>(List.of("Pss Total", "Private Dirty", "Private Clean", "SwapPss Dirty"));
        if (row.equals("TOTAL") && (cells == 8 || cells == 5)) {
            known.add("Rss Total");
        }
        known.addAll(List.of("Heap Size", "Heap Alloc", "Heap Free"));
        return known;
    }

    private static List<String> cells(String text) {
        String plain = text.strip();
        return plain.isEmpty() ? List.of() : List.of(BLANKS.split(plain));
    }

    private static long bytes(String kibibytes) {
        return Long.parseLong(kibibytes.replace(",", "")) * KIBI;
    }

    /** Whether its end has come: the total of the table or of the summary. */
    boolean whole() {
        return summary.keySet().stream().anyMatch(key -> key.startsWith("TOTAL"))
                || rows.stream().anyMatch(row -> row.name().equals("TOTAL"));
    }

    long skipped() {
        return skipped;
    }

    ProcessMemory memory() {
        return new ProcessMemory(pid, process, rows, summary);
    }
}
