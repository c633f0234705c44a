package dev.melt.core.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private final Pseudonyms pseudonyms = Pseudonyms.keyedBy("key".getBytes(UTF_8));
    private final Redaction redaction = new Redaction(pseudonyms, List.of("R5CT", "R5CT30", "ab"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.1.17",
                "00:1a:2B:3c:4d:5e",
                "00-1a-2B-3c-4d-5e",
                "fe80::1ff:fe23:4567:890a",
                "2001:db8:0:0:0:0:0:1",
                "R5CT30"
            })
    void replacesWhatIdentifies(String identifier) {
        assertThat(redaction.text("no route to " + identifier + ", gave up"))
                .isEqualTo("no route to " + pseudonyms.of(identifier) + ", gave up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1.0", "5.10.104.2-tegra", "at 12:34:56", "v1.2.3.4", "ab", "llama-2-7b", "a::b is C++"})
    void leavesAloneWhatOnlyLooksLikeIt(String text) {
        assertThat(redaction.text(text)).isEqualTo(text);
    }

    @Test
    void replacesFactsByWhatTheyAre() {
        assertThat(redaction.facts(Map.of("hostname", "bench", "usb_serial", "x1", "kernel", "6.1.0")))
                .containsEntry("hostname", pseudonyms.of("bench"))
                .containsEntry("usb_serial", pseudonyms.of("x1"))
                .containsEntry("kernel", "6.1.0");
    }

    @Test
    void givesTheSameNameToTheSameThingUnderOneKeyOnly() {
        assertThat(pseudonyms.of("R5CT30"))
                .matches("anon-[0-9a-f]{12}")
                .isEqualTo(pseudonyms.of("r5ct30"))
                .isNotEqualTo(Pseudonyms.keyedBy("other".getBytes(UTF_8)).of("R5CT30"));
    }
}
