package dev.melt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Seals the help texts: people read them, and completion scripts and documents are made from the same words. */
class HelpTest {
    static Stream<List<String>> everyCommand() {
        return Stream.concat(Stream.of(List.of()), below(List.of(), Commands.ALL));
    }

    private static Stream<List<String>> below(List<String> path, List<CommandNode> nodes) {
        return nodes.stream().flatMap(node -> {
            List<String> here =
                    Stream.concat(path.stream(), Stream.of(node.name())).toList();
            return node instanceof CommandNode.Group group
                    ? Stream.concat(Stream.of(here), below(here, group.children()))
                    : Stream.of(here);
        });
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void readsAsItsGoldenFile(List<String> path) {
        Launched launched = help(path);
        String file = path.isEmpty() ? "melt.txt" : "melt-" + String.join("-", path) + ".txt";

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.err()).isEmpty();
        assertThat(launched.out()).isEqualTo(Golden.expected(file, launched.out()));
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void fitsOnALineAndSaysHowItEnds(List<String> path) {
        String text = help(path).out();

        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        assertThat(text).doesNotContain("null", "${");
    }

    @Test
    void givesExamplesAndExitCodesWithEveryCommandThatActs() {
        List<List<String>> acting = everyCommand()
                .filter(path -> !help(path).out().contains("Commands:"))
                .toList();

        assertThat(acting)
                .isNotEmpty()
                .allSatisfy(path -> assertThat(help(path).out())
                        .contains("Examples:", "Exit codes:", "melt " + String.join(" ", path)));
    }

    private static Launched help(List<String> path) {
        return Launched.melt(Stream.concat(path.stream(), Stream.of("--help")).toArray(String[]::new));
    }
}
