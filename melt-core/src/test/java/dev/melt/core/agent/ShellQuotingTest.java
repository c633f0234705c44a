package dev.melt.core.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShellQuotingTest {
    @Test
    void leavesPlainWordsAlone() {
        assertThat(ShellQuoting.quote(List.of("/bin/x-1", "--a=b,c:d", "50%"))).isEqualTo("/bin/x-1 --a=b,c:d 50%");
    }

    @Test
    void quotesTheRest() {
        assertThat(ShellQuoting.quote("")).isEqualTo("''");
        assertThat(ShellQuoting.quote("it's")).isEqualTo("'it'\\''s'");
        assertThat(ShellQuoting.quote("~")).isEqualTo("'~'");
    }

    @Test
    void refusesWhatNoArgumentCanHold() {
        assertThatThrownBy(() -> ShellQuoting.quote("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isReadBackByAShellAsItWas() throws IOException {
        Random random = new Random(7);
        StringBuilder script = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            StringBuilder word = new StringBuilder();
            for (int c = random.nextInt(12); c > 0; c--) {
                word.append((char) (1 + random.nextInt(126)));
            }
            script.append("printf '%s|' ")
                    .append(ShellQuoting.quote(word.toString()))
                    .append('\n');
            expected.append(word).append('|');
        }
        Process shell = new ProcessBuilder("sh", "-c", script.toString()).start();
        try (var out = shell.getInputStream()) {
            assertThat(new String(out.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo(expected.toString());
        }
    }
}
