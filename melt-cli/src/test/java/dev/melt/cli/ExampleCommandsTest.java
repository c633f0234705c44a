package dev.melt.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.melt.cli.Documents.Page;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Every command line in the documents is one that MELT understands. Nothing is run. */
class ExampleCommandsTest {
    private static final Pattern COMMAND = Pattern.compile("^(\\$ )?(\\./)?melt (?<rest>.+)$");
    private static final Pattern INLINE = Pattern.compile("`(?:\\./)?melt ([^`]+)`");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|([^\\s\"']+)");

    /** All but the page of bad input, whose commands are wrong on purpose; {@code BadInputTest} runs those. */
    static Stream<Page> pages() {
        return Documents.all().filter(page -> !page.toString().endsWith("bad-input.md"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void examplesParse(Page page) {
        assertThat(page.examples().stream()
                        .map(COMMAND::matcher)
                        .filter(Matcher::matches)
                        .map(match -> words(withoutShell(match.group("rest"))))
                        .filter(words -> !words.contains("COMMAND")))
                .allSatisfy(words -> assertThatCode(() -> line(words).parseArgs(words.toArray(String[]::new)))
                        .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commandsAndOptionsNamedInTextExist(Page page) {
        assertThat(INLINE.matcher(page.prose()).results().map(match -> words(match.group(1))))
                .filteredOn(words -> !words.contains("COMMAND"))
                .allSatisfy(words -> assertThat(unknown(words)).isEmpty());
    }

    @Test
    void seesThatAnOptionIsMissing() {
        assertThat(unknown(List.of("run", "--no-such", "--device", "local"))).containsExactly("--no-such");
        assertThat(unknown(List.of("models", "grow"))).containsExactly("grow");
        assertThatCode(() -> line(List.of("runs", "--no-such")).parseArgs("runs", "--no-such"))
                .isInstanceOf(ParameterException.class);
    }

    /** What a command line's words name that is not there; required options may be missing in running text. */
    private static List<String> unknown(List<String> words) {
        CommandLine command = line(words);
        List<String> unknown = new ArrayList<>();
        boolean commandEnded = false;
        for (String word : words) {
            if (word.startsWith("-")) {
                if (!command.getCommandSpec().optionsMap().containsKey(word.replaceFirst("=.*", ""))) {
                    unknown.add(word);
                }
            } else if (!commandEnded && !command.getSubcommands().isEmpty()) {
                CommandLine child = command.getSubcommands().get(word);
                if (child == null) {
                    unknown.add(word);
                    return unknown;
                }
                command = child;
            } else {
                commandEnded = true;
            }
        }
        return unknown;
    }

    private static CommandLine line(List<String> words) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        GlobalOptions options = new GlobalOptions();
        Session session = new Session(InputStream.nullInputStream(), nowhere, nowhere, Map.of(), options, words);
        return new CommandLines(options, session).build(Commands.ALL, words);
    }

    /** A help text's remark behind two blanks, a comment, and what belongs to the shell are cut off. */
    private static String withoutShell(String rest) {
        return rest.replaceFirst("( {2,}| #|\\s*[|&;<>]).*$", "");
    }

    private static List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(match -> match.group().replaceAll("[\"']", ""))
                .toList();
    }
}
