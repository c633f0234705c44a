package dev.melt.android.adb;

import dev.melt.android.parse.DumpsysBattery;
import dev.melt.android.parse.GetProp;
import dev.melt.android.parse.ThermalService;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import dev.melt.core.remote.LookText;
import dev.melt.core.sysfs.FoundFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code look.sh} found on a device at one moment: kernel files that the shell may read, and what some commands said.
 *
 * @param files path to content
 * @param commands name to output
 * @param gauge readings in the order in which they were taken
 */
record AndroidLook(Map<String, String> files, Map<String, String> commands, List<Reading> gauge) implements FoundFiles {
    /** One reading of a fuel gauge, as it stands in its files. */
    record Reading(String supply, long current, OptionalLong chargeCounter) {}

    AndroidLook {
        files = Map.copyOf(files);
        commands = Map.copyOf(commands);
        gauge = List.copyOf(gauge);
    }

    /** Reads what the script printed; lines of no known form are left out. */
    static AndroidLook parse(String text) {
        List<Reading> gauge = new ArrayList<>();
        LookText look = LookText.parse(text, cells -> {
            if (cells[0].equals("G") && cells.length == 4) {
                reading(cells).ifPresent(gauge::add);
            }
        });
        return new AndroidLook(look.files(), look.commands(), gauge);
    }

    private static Optional<Reading> reading(String[] cells) {
        String number = "-?[0-9]{1,18}";
        if (!cells[2].matches(number)) {
            return Optional.empty();
        }
        OptionalLong counter =
                cells[3].matches(number) ? OptionalLong.of(Long.parseLong(cells[3])) : OptionalLong.empty();
        return Optional.of(new Reading(cells[1], Long.parseLong(cells[2]), counter));
    }

    /** What a command said; empty when it said nothing. */
    Optional<String> command(String name) {
        return Optional.ofNullable(commands.get(name)).filter(said -> !said.isBlank());
    }

    /** The system's properties; without any where it printed none. */
    GetProp properties() {
        return read("getprop", GetProp::read).orElse(new GetProp(Map.of(), 0));
    }

    /** What the battery service said; empty where there is none, or it said something else. */
    Optional<DumpsysBattery> battery() {
        return read("battery", DumpsysBattery::read);
    }

    /** What the thermal service said; there is none before Android 10. */
    Optional<ThermalService> thermal() {
        return read("thermal", ThermalService::read);
    }

    /** Reads what a command printed. */
    private interface Reader<T> {
        T read(SourceText text) throws UnknownOutputException;
    }

    private <T> Optional<T> read(String command, Reader<T> reader) {
        try {
            Optional<String> said = command(command);
            return said.isPresent() ? Optional.of(reader.read(SourceText.of(said.get()))) : Optional.empty();
        } catch (UnknownOutputException unlike) {
            return Optional.empty();
        }
    }
}
