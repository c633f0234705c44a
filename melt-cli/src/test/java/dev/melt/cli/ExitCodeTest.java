package dev.melt.cli;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    @Test
    void keepsTheNumbersThatScriptsRestOn() {
        assertThat(Arrays.stream(ExitCode.values()).collect(toMap(Enum::name, ExitCode::code)))
                .isEqualTo(Map.of(
                        "DONE", 0,
                        "NOTHING_USABLE", 1,
                        "USAGE", 2,
                        "PARTLY_FAILED", 3,
                        "REGRESSION", 4,
                        "INCONCLUSIVE", 5,
                        "INTERRUPTED", 130));
    }
}
