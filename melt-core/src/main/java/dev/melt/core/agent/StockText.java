package dev.melt.core.agent;

import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.Stock;
import dev.melt.core.device.StockItem;
import dev.melt.core.problem.PlainText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the agent's {@code inventory} prints: a line for each file of a thing, whose bytes add up. */
final class StockText {
    private static final long KILO = 1024;
    private static final Pattern FIGURE = Pattern.compile("(now|free) ([0-9]{1,15})");
    private static final Pattern ITEM = Pattern.compile(
            "(?<kind>trial|file|part|bundle|agent) (?<bytes>[0-9]{1,18})"
                    + " (?<used>[0-9]{1,12}) (?<busy>busy|idle) (?<name>[A-Za-z0-9._+/-]{1,200})(?: (?<same>[A-Za-z0-9._+/-]{1,200}))?");

    private final Map<String, Found> things = new LinkedHashMap<>();
    private OptionalLong now = OptionalLong.empty();
    private OptionalLong freeBytes = OptionalLong.empty();

    private StockText() {}

    /** One thing, as far as its lines were read. */
    private static final class Found {
        private final StockItem.Kind kind;
        private final String name;
        private final long used;
        private final boolean busy;
        private final Set<String> shares = new HashSet<>();
        private long bytes;

        Found(Matcher line) {
            this.kind = StockItem.Kind.valueOf(line.group("kind").toUpperCase(Locale.ROOT));
            this.name = line.group("name");
            this.used = Long.parseLong(line.group("used"));
            this.busy = line.group("busy").equals("busy");
        }

        StockItem item(OptionalLong now) {
            Optional<Duration> unused = now.isPresent() && used > 0
                    ? Optional.of(Duration.ofSeconds(Math.max(0, now.getAsLong() - used)))
                    : Optional.empty();
            return new StockItem(kind, name, bytes, unused, busy, shares);
        }
    }

    static Stock parse(String text) {
        StockText stock = new StockText();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(stock::read);
        List<StockItem> items = new ArrayList<>();
        stock.things.values().forEach(found -> items.add(found.item(stock.now)));
        return new Stock(items, stock.freeBytes);
    }

    private void read(String line) {
        Matcher figure = FIGURE.matcher(line);
        Matcher item = ITEM.matcher(line);
        if (figure.matches() && figure.group(1).equals("now")) {
            now = OptionalLong.of(Long.parseLong(figure.group(2)));
        } else if (figure.matches()) {
            freeBytes = OptionalLong.of(Long.parseLong(figure.group(2)) * KILO);
        } else if (item.matches()) {
            Found found = things.computeIfAbsent(item.group("kind") + " " + item.group("name"), key -> new Found(item));
            found.bytes += Long.parseLong(item.group("bytes"));
            Optional.ofNullable(item.group("same")).ifPresent(found.shares::add);
        } else {
            throw new ProtocolViolation("agent inventory: not a thing: " + PlainText.oneLine(line), null);
        }
    }
}
