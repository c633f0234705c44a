package dev.melt.jetson.board;

import dev.melt.core.sysfs.ProbeList;
import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code nvidia-smi} tells of NVIDIA's graphics cards, and of a Thor's graphics processor: the fields that this version knows and
 * this card gives a number for. One process goes on telling beside the engine.
 */
record NvidiaProbes(BoardLook look) {
    private static final String SOURCE = "nvidia-smi";

    /** What is looked for: of two fields for one quantity the first one that is there. */
    private static final List<Field> FIELDS = List.of(
            new Field("power.draw.instant", "power", "", Unit.WATT, 1),
            new Field("power.draw", "power", "", Unit.WATT, 1), // a mean over one second on Ampere and later
            new Field("temperature.gpu", "temperature", "", Unit.CELSIUS, 1),
            new Field("utilization.gpu", "utilisation", "", Unit.RATIO, 0.01),
            new Field("clocks.current.sm", "frequency", "", Unit.HERTZ, 1e6),
            new Field("clocks.sm", "frequency", "", Unit.HERTZ, 1e6),
            new Field("memory.used", "memory", "-used", Unit.BYTE, 1 << 20));

    private record Field(String name, String quantity, String suffix, Unit unit, double factor) {}

    /** The cards by their number: field to cell. */
    private List<Map<String, String>> cards() {
        List<String> names =
                Arrays.asList(look.word("nvidia-smi-fields").orElse("").split(",", -1));
        List<Map<String, String>> cards = new ArrayList<>();
        look.command(SOURCE).orElse("").lines().forEach(row -> {
            String[] cells = row.split(",", -1);
            Map<String, String> card = new LinkedHashMap<>();
            for (int i = 0; i < cells.length && cells.length == names.size(); i++) {
                card.put(names.get(i), cells[i].strip());
            }
            if (card.getOrDefault("index", "").matches("[0-9]{1,2}")) {
                cards.add(card);
            }
        });
        return cards;
    }

    void find(ProbeList found) {
        List<String> keys = new ArrayList<>();
        List<Probe.Column> columns = new ArrayList<>();
        for (Map<String, String> card : cards()) {
            String number = card.getOrDefault("index", "");
            for (Field field : FIELDS) {
                String site = "gpu" + number + field.suffix();
                if (isNumber(card, field) && !found.hasChannel(field.quantity(), site)) {
                    keys.add(number + "." + field.name());
                    columns.add(new Probe.Column(
                            found.channel(field.quantity(), site, field.unit(), SOURCE), new Scale(field.factor())));
                }
            }
        }
        if (!keys.isEmpty()) {
            found.add(SOURCE + ":" + String.join(",", keys), "", columns);
        }
    }

    private static boolean isNumber(Map<String, String> card, Field field) {
        return card.getOrDefault(field.name(), "").matches("-?[0-9]{1,12}(\\.[0-9]{1,6})?");
    }
}
