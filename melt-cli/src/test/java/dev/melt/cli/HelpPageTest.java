package dev.melt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.cli.Documents.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of commands is made of the help texts; {@code -Dmelt.golden=write} writes it anew, as the golden files. */
class HelpPageTest {
    private static final String PREFACE = """
            # Commands

            Made from the help texts by a test (`HelpPageTest`). `melt COMMAND --help` prints the same. The options of `melt`
            itself may stand before or after a command's name.
            """;

    @Test
    void isMadeOfTheHelpTexts() throws IOException {
        Page page = Page.at("docs/reference/commands.md");
        String expected =
                PREFACE + HelpTest.everyCommand().map(HelpPageTest::section).collect(Collectors.joining());
        if ("write".equals(System.getProperty("melt.golden"))) {
            Files.writeString(page.file(), expected);
        }

        assertThat(page.text()).isEqualTo(expected);
    }

    private static String section(List<String> path) {
        String name = Stream.concat(Stream.of("melt"), path.stream()).collect(Collectors.joining(" "));
        String help = Launched.melt(
                        Stream.concat(path.stream(), Stream.of("--help")).toArray(String[]::new))
                .out();
        return "\n## " + name + "\n\n```\n" + help + "```\n";
    }
}
