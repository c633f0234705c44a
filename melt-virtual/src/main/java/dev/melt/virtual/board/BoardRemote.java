package dev.melt.virtual.board;

import dev.melt.virtual.machine.RemoteWords;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Changes a board while it runs, by words: what a person or a script would do to one on their desk. Safe for use by several threads.
 */
public final class BoardRemote {
    private static final Duration DOWNTIME = Duration.ofSeconds(3);

    /** The words that it knows, for a message. */
    public static final List<String> WORDS = List.of(
            "link on|off",
            "stall on|off",
            "refuse on|off",
            "drop",
            "dropafter BYTES",
            "gpu SHARE",
            "warm CELSIUS",
            "fill BYTES_LEFT",
            "free",
            "reboot",
            "kill-engine");

    private final VirtualBoard board;

    /** For one board. */
    public BoardRemote(VirtualBoard board) {
        this.board = board;
    }

    /**
     * Does what a line says; several commands stand apart by semicolons.
     *
     * @return what was not understood or could not be done, one entry each; empty when all was done
     */
    public List<String> obey(String line) {
        return new RemoteWords(WORDS).obey(line, this::run);
    }

    private boolean run(String word, String value) throws IOException {
        return value.isEmpty() ? alone(word) : with(word, value);
    }

    private boolean alone(String word) throws IOException {
        switch (word) {
            case "drop" -> board.faults().drop();
            case "free" -> board.faults().freeDisk();
            case "reboot" -> board.faults().reboot(DOWNTIME);
            case "kill-engine" -> board.faults().killEngine();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean with(String word, String value) throws IOException {
        switch (word) {
            case "link" -> board.faults().offline(!RemoteWords.isOn(value));
            case "stall" -> board.faults().stall(RemoteWords.isOn(value));
            case "refuse" -> board.faults().refuse(RemoteWords.isOn(value));
            case "dropafter" -> board.faults().dropAfter(Math.round(RemoteWords.number(value)));
            case "gpu" -> board.gpuLoad(RemoteWords.number(value));
            case "warm" -> board.warm(RemoteWords.number(value));
            case "fill" -> board.faults().fillDisk(Math.round(RemoteWords.number(value)));
            default -> {
                return false;
            }
        }
        return true;
    }
}
