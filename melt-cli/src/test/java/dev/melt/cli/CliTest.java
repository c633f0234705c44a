package dev.melt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    @Test
    void showsUsageOnErrAndEndsWithTwoWhenNothingIsAsked() {
        Launched launched = Launched.melt();

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.out()).isEmpty();
        assertThat(launched.err()).startsWith("Usage: melt");
    }

    @ParameterizedTest
    @CsvSource({
        "docter, did you mean doctor?",
        "DEVICE, did you mean device or devices?",
        "zzzzzzz, see 'melt --help'",
    })
    void offersTheNearestCommand(String typed, String remedy) {
        Launched launched = Launched.melt(typed);

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err())
                .isEqualToNormalizingNewlines(
                        "melt: command '" + typed + "': a known command needed, there is none such; " + remedy + "\n");
    }

    @Test
    void offersTheNearestOptionOfTheCommandThatWasTyped() {
        Launched launched = Launched.melt("devices", "--jsn");

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err()).contains("option '--jsn'", "did you mean --json?");
    }

    @Test
    void offersNothingForAShortOptionBecauseAllAreNear() {
        assertThat(Launched.melt("devices", "-x").err()).contains("see 'melt devices --help'");
    }

    @Test
    void offersTheNearestValueOfAClosedSet() {
        Launched launched = Launched.melt("completion", "bahs");

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err()).contains("one of bash, zsh needed, 'bahs' given; did you mean bash?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--home", "--configs"})
    void saysWhichOptionLacksItsValue(String option) {
        Launched launched = Launched.melt(option);

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err()).startsWith("melt: " + option + ": a value needed");
    }

    @Test
    void refusesAnArgumentTooMany() {
        assertThat(Launched.melt("devices", "extra").err()).contains("'extra': no further argument expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[31mred", "a\nb", "\u202eexe", "@/etc/passwd", "%n%s", "'; rm -rf /", "-\u0000"})
    void showsHostileArgumentsHarmlesslyOnOneLine(String hostile) {
        Launched launched = Launched.melt(hostile);

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err().lines()).hasSize(1);
        assertThat(launched.err())
                .doesNotContain("\u001b", "\u202e", "\u0000", "root:")
                .doesNotContain("Exception");
    }

    @Test
    void answersAnArgumentOfAMegabyte() {
        assertThat(Launched.melt("x".repeat(1 << 20)).exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "de-DE", "ar-EG"})
    void saysTheSameInEveryLocale(String tag) {
        Launched expected = Launched.melt("DEVİCES", "--QUIET");
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertThat(Launched.melt("DEVİCES", "--QUIET")).isEqualTo(expected);
            assertThat(Launched.melt("--help").out()).isEqualTo(Golden.text("melt.txt"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void takesGlobalOptionsBeforeAndAfterTheCommand(@TempDir Path home) {
        String before = Launched.melt("--home", home.toString(), "doctor").out();
        String after = Launched.melt("doctor", "--home", home.toString()).out();

        assertThat(before).contains("home " + home);
        assertThat(after).contains("home " + home);
    }

    @Test
    void prefersTheOptionToTheEnvironment(@TempDir Path home) {
        String out = Launched.with(Map.of("MELT_HOME", "/from/environment"), "doctor", "--home=" + home)
                .out();

        assertThat(out).contains(home.toString()).doesNotContain("/from/environment");
    }

    @Test
    void refusesAnEmptyHome() {
        Launched launched = Launched.melt("doctor", "--home=");

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err()).startsWith("melt: MELT's home: a path needed, it is empty");
    }

    @Test
    void keepsQuietAboutProgressAndNotAboutErrors() {
        assertThat(Launched.melt("--quiet", "nothing").err()).isNotEmpty();
    }

    @Test
    void namesItsVersionAndCommit() {
        Launched launched = Launched.melt("--version");

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.out())
                .containsPattern("^MELT \\d+\\.\\d+\\.\\S+ \\(commit \\w+")
                .contains("Java 1");
    }

    @Test
    void colorsOnlyForATerminalThatWantsIt() {
        Map<String, String> terminal = Map.of("MELT_TERMINAL_OUT", "80");

        assertThat(Launched.with(terminal, "--help").out()).contains("\u001b[");
        assertThat(Launched.with(terminal, "--no-color", "--help").out()).contains("Usage");
        assertThat(Launched.with(Map.of("MELT_TERMINAL_OUT", "80", "NO_COLOR", "1"), "--help")
                        .out())
                .doesNotContain("\u001b[");
        assertThat(Launched.melt("--help").out()).doesNotContain("\u001b[");
    }

    @Test
    void writesNothingBelowItsHomeForHelp(@TempDir Path folder) {
        Path home = folder.resolve("home");

        Launched.at(home, "--help");

        assertThat(Files.exists(home)).isFalse();
    }
}
