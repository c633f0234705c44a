package dev.melt.jetson.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The power modes that a board has ({@code /etc/nvpmodel.conf}). Numbers mean something else on every kind of board.
 *
 * @param modes in the order of the file
 * @param defaultId the mode after the first start
 */
public record PowerModes(List<Mode> modes, OptionalInt defaultId) implements TelemetryRecord {
    private static final Pattern MODE = Pattern.compile("\\s*+<\\s*+POWER_MODEL\\s([^>]*)>.*");
    private static final Pattern DEFAULT = Pattern.compile("\\s*+<\\s*+PM_CONFIG\\s[^>]*?\\bDEFAULT=(\\d{1,4})\\b.*");
    private static final Pattern ID = Pattern.compile("(?:.*\\s)?ID=(\\d{1,4})(?:\\s.*)?");
    private static final Pattern NAME = Pattern.compile("(?:.*\\s)?NAME=\"?([^\\s\"]+)\"?(?:\\s.*)?");

    public PowerModes {
        modes = List.copyOf(modes);
        requireNonNull(defaultId, "defaultId");
    }

    /** One of them. */
    public record Mode(int id, String name) {
        public Mode {
            requireNonNull(name, "name");
        }
    }

    /** Those that the text of the file names; none for anything else. The first of a number counts. */
    public static PowerModes of(String text) {
        List<Mode> modes = new ArrayList<>();
        OptionalInt first = OptionalInt.empty();
        for (String line : text.lines().toList()) {
            Matcher chosen = DEFAULT.matcher(line);
            if (chosen.matches()) {
                first = OptionalInt.of(Integer.parseInt(chosen.group(1)));
            }
            mode(line)
                    .filter(mode -> modes.stream().noneMatch(other -> other.id() == mode.id()))
                    .ifPresent(modes::add);
        }
        return new PowerModes(modes, first);
    }

    private static Optional<Mode> mode(String line) {
        Matcher mode = MODE.matcher(line);
        if (!mode.matches()) {
            return Optional.empty();
        }
        Matcher id = ID.matcher(mode.group(1));
        Matcher name = NAME.matcher(mode.group(1));
        return id.matches() && name.matches()
                ? Optional.of(new Mode(Integer.parseInt(id.group(1)), name.group(1)))
                : Optional.empty();
    }

    /** Whether a text is such a file. */
    static boolean isIn(SourceText text) {
        return text.has(line -> MODE.matcher(line).matches());
    }

    /**
     * Reads the file's text.
     *
     * @throws UnknownOutputException for one that breaks off, and for one without modes
     */
    static PowerModes read(SourceText text) throws UnknownOutputException {
        PowerModes modes = of(String.join("\n", text.lines()));
        if (modes.modes().isEmpty()) {
            throw text.unlike("'< POWER_MODEL ID=N NAME=MODE >' of /etc/nvpmodel.conf");
        }
        if (!text.ended()) {
            throw text.cutOff("whole lines");
        }
        return modes;
    }

    /** The mode of that name, in small letters or capitals. */
    public Optional<Mode> named(String name) {
        return modes.stream().filter(mode -> mode.name().equalsIgnoreCase(name)).findFirst();
    }

    /** The mode of that number. */
    public Optional<Mode> numbered(int id) {
        return modes.stream().filter(mode -> mode.id() == id).findFirst();
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        modes.forEach(
                mode -> out.row("modes", new FactRow().with("id", mode.id()).with("name", mode.name())));
        defaultId.ifPresent(id -> out.fact("default_id", id));
    }
}
