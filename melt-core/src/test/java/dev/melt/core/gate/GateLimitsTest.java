package dev.melt.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateLimitsTest {
    private static final Path CHECKOUT = Path.of("..");

    @Test
    void readsLimitsAsTheyAreTyped() {
        GateLimits limits =
                GateLimits.OPEN.with(List.of("temperature=35,memory=2e9", "rise=-0.5,timeout=0.5,reboot=1"));

        assertThat(limits.limits())
                .containsExactly(
                        Map.entry(GateLimit.TEMPERATURE, 35.0),
                        Map.entry(GateLimit.RISE, -0.5),
                        Map.entry(GateLimit.MEMORY, 2e9));
        assertThat(limits.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(limits.reboot()).isTrue();
    }

    @Test
    void whatIsTypedGoesBeforeTheProfile() {
        GateLimits profile =
                GateLimits.of(Map.of("rise", 1.0, "battery", 0.3, "memory", 1234567890.5, "timeout", 60.0));

        GateLimits limits = profile.with(List.of("battery=0.5,rise=off"));

        assertThat(limits.limits())
                .containsExactly(Map.entry(GateLimit.BATTERY, 0.5), Map.entry(GateLimit.MEMORY, 1234567890.5));
        assertThat(limits.timeout()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void waitsTenMinutesWhenNothingElseIsSaid() {
        assertThat(GateLimits.OPEN.with(List.of("rise=0.5")).timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(GateLimits.of(Map.of("rise", 0.5)).timeout()).isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "temperatur=35",
                "temperature",
                "temperature=",
                "temperature=warm",
                "battery=-1",
                "battery=30",
                "charging=2",
                "plugged=0.5",
                "cap=1.1",
                "timeout=-1",
                "timeout=off",
                "reboot=yes",
                "reboot=2",
                "off=off",
                "=3"
            })
    void refusesWhatIsNoLimit(String given) {
        assertThatThrownBy(() -> GateLimits.OPEN.with(List.of(given)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("utilisation");
    }

    @Test
    void theSchemaOfProfilesKnowsTheSameWords() throws IOException {
        JsonNode gate = new ObjectMapper()
                .readTree(CHECKOUT.resolve("configs/devices/schema.json").toFile())
                .at("/properties/gate/properties");

        assertThat(gate.fieldNames()).toIterable().containsExactlyElementsOf(GateLimits.words());
    }

    @Test
    void theReferenceHasARowForEachWord() throws IOException {
        String page = Files.readString(CHECKOUT.resolve("docs/reference/configuration.md"));

        assertThat(GateLimits.words()).allSatisfy(word -> assertThat(page).contains("| `gate." + word + "` |"));
    }
}
