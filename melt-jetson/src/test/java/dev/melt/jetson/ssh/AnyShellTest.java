package dev.melt.jetson.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnyShellTest {
    private static final String HOSTILE =
            "printf '[%s]' 'a\\nb' \"it's\" '!x' '%d' '\u00e9' \"$#\" \"$0\"\nprintf '\\n\\\\'";

    @Test
    void shReadsTheScriptAsItIs() throws Exception {
        String direct = OpenSsh.run("sh", "-c", HOSTILE);
        assertThat(OpenSsh.run("sh", "-c", AnyShell.running(HOSTILE))).isEqualTo(direct);
    }

    @Test
    void hasNothingThatCshOrFishReadOtherwise() {
        String line = AnyShell.running(HOSTILE);
        assertThat(line.replaceAll("\\\\[0-7]{3}", "")).doesNotContain("\\", "!", "\n", "%s");
        assertThat(line.chars().filter(c -> c == '\'').count()).isEqualTo(4);
    }
}
