package dev.melt.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.cli.text.ByteMeter;
import dev.melt.core.problem.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void keepsItsStateBelowTheUsersHomeUnlessTold() {
        assertThat(session(Map.of("HOME", "/home/ada")).home()).isEqualTo(Path.of("/home/ada/.melt"));
        assertThat(session(Map.of("HOME", "/home/ada", "MELT_HOME", " ")).home())
                .isEqualTo(Path.of("/home/ada/.melt"));
        assertThat(session(Map.of("HOME", "/home/ada", "MELT_HOME", "/data/melt"))
                        .home())
                .isEqualTo(Path.of("/data/melt"));
    }

    @Test
    void refusesAPathThatNoFileSystemHas() {
        assertThatThrownBy(() -> session(Map.of()).path("--output", "a\0b")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void showsNoControlCharacterInProgress() {
        session(Map.of()).say("pulling \u001b[2Jx");

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("pulling ?[2Jx\n");
    }

    @ParameterizedTest
    @CsvSource({"120,,120,true", "20,,60,true", "0,,100,true", "none,,2147483647,false", "80,dumb,80,false"})
    void knowsATerminalByWhatTheLauncherSays(String columns, String term, int width, boolean interactive) {
        Map<String, String> environment = Map.of(Terminal.ERR, columns, "TERM", term == null ? "xterm" : term);

        Terminal terminal = session(environment).progressTerminal();

        assertThat(terminal.columns()).isEqualTo(width);
        assertThat(terminal.interactive()).isEqualTo(interactive);
        assertThat(terminal.color()).isEqualTo(interactive);
    }

    @Test
    void saysNothingOfAJobThatEndsAtOnce() {
        try (ByteMeter meter = new ByteMeter(session(Map.of(Terminal.ERR, "80")), "making x")) {
            meter.at(5, 10);
        }

        assertThat(err.size()).isZero();
    }

    private Session session(Map<String, String> environment) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Session(InputStream.nullInputStream(), stream, stream, environment, new GlobalOptions(), List.of());
    }
}
