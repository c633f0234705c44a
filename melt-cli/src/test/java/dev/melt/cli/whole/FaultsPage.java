package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The page that shows what comes of faults; its rows are what the tests saw. */
final class FaultsPage {
    private static final Path FILE =
            Path.of(System.getProperty("melt.repo", "..")).resolve("docs/reference/faults.md");
    private static final String HEAD = """
            # What comes of faults

            Each row is a test: `melt run` on a [virtual phone](../how-to/virtual-phone.md) through Debian's adb server, or on a
            [virtual board](../how-to/virtual-board.md) through its sshd, or on a [virtual iPhone](../how-to/virtual-iphone.md) through its idevice tools, real inference, and a fault in the middle of it. The tests write this table and compare it. `PHONE` stands for the device's name; *says* is what
            standard error has to contain, *trials* how each trial of the run ended, with the number of processes that it took. After every
            one of them the device has the settings that it had before, and `melt resume RUN` finds nothing that was lost.

            | fault | when | says | trials | exit | in the end |
            |---|---|---|---|---|---|
            """;

    private static final Map<String, String> ROWS = new TreeMap<>();

    private FaultsPage() {}

    /** Compares a row with the page, or takes it over when the page is written. */
    static synchronized void check(String order, String... cells) throws IOException {
        String row = "| " + String.join(" | ", cells) + " |";
        ROWS.put(order, row);
        if ("write".equals(System.getProperty("melt.golden"))) {
            Files.writeString(FILE, HEAD + ROWS.values().stream().collect(Collectors.joining("\n", "", "\n")));
        }
        assertThat(FILE).content().as("the page").contains(row + "\n");
    }
}
