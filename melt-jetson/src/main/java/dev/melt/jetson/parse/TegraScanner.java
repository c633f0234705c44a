package dev.melt.jetson.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Goes through one line of tegrastats from left to right. What a name is, is told by what follows it: a board may have both a
 * rail and a sensor called GPU. For one line; not thread-safe.
 */
final class TegraScanner {
    private static final Pattern BEGIN = Pattern.compile("(?<![A-Za-z])RAM\\s+\\d+/\\d+");
    private static final Pattern WORD = Pattern.compile("\\S+");

    private final List<TegraMemory> memory = new ArrayList<>();
    private final List<TegraCore> cores = new ArrayList<>();
    private final List<TegraLoad> loads = new ArrayList<>();
    private final List<TegraHeat> temperatures = new ArrayList<>();
    private final List<TegraRail> rails = new ArrayList<>();
    private final List<String> strange = new ArrayList<>();
    private final StringBuilder form = new StringBuilder();
    private boolean damaged;

    private record Item(Pattern pattern, Predicate<Matcher> take) {}

    private final List<Item> items = List.of(
            new Item(TegraSyntax.MEMORY, this::memory),
            new Item(TegraSyntax.CORES, this::cores),
            new Item(TegraSyntax.FIRMWARE, found -> loads.addAll(TegraSyntax.firmware(found))),
            new Item(TegraSyntax.LIMIT, found -> true),
            new Item(TegraSyntax.HEAT, this::heat),
            new Item(TegraSyntax.RAIL, this::rail),
            new Item(TegraSyntax.LOAD, this::load));

    private TegraScanner() {}

    static Optional<TegraLine> scan(String line) {
        Matcher begin = BEGIN.matcher(line);
        if (!begin.find()) {
            return Optional.empty();
        }
        int start = begin.start();
        boolean runTogether = begin.find();
        TegraScanner scanner = new TegraScanner();
        scanner.run(line, start);
        boolean whole = !runTogether
                && !scanner.damaged
                && !scanner.cores.isEmpty()
                && scanner.memory.stream().anyMatch(pool -> pool.pool().equals("RAM"));
        return whole ? Optional.of(scanner.line(line.substring(0, start))) : Optional.empty();
    }

    private TegraLine line(String before) {
        return new TegraLine(
                TegraStamp.of(before), memory, cores, loads, temperatures, rails, strange, form.toString());
    }

    private void run(String line, int start) {
        int at = start;
        Matcher word = WORD.matcher(line);
        while (word.find(at)) {
            at = item(line, word.start());
            if (at < 0) {
                strange.add(word.group());
                at = word.end();
            }
        }
    }

    /** Where the item that begins here ends; -1 where none does. */
    private int item(String line, int at) {
        for (Item item : items) {
            Matcher matcher = item.pattern().matcher(line).region(at, line.length());
            if (matcher.lookingAt() && item.take().test(matcher)) {
                return matcher.end();
            }
        }
        return -1;
    }

    private boolean memory(Matcher found) {
        TegraMemory pool = TegraSyntax.memory(found);
        named("memory ", pool.pool());
        return memory.add(pool);
    }

    /** One of them that cannot be read shifts all behind it: then the line is worth nothing. */
    private boolean cores(Matcher found) {
        damaged |= !cores.isEmpty() || TegraSyntax.cores(found).isEmpty();
        named("cores", "");
        TegraSyntax.cores(found).ifPresent(cores::addAll);
        return true;
    }

    private boolean heat(Matcher found) {
        TegraHeat heat = TegraSyntax.heat(found);
        named("heat ", heat.sensor());
        return temperatures.add(heat);
    }

    private boolean rail(Matcher found) {
        TegraRail rail = TegraSyntax.rail(found);
        named("rail ", rail.rail());
        return rails.add(rail);
    }

    private boolean load(Matcher found) {
        TegraLoad load = TegraSyntax.load(found);
        if (load.share().orElse(0) > 1) {
            return false;
        }
        named("load ", load.unit());
        return loads.add(load);
    }

    private void named(String kind, String name) {
        form.append(kind).append(name).append('\n');
    }
}
