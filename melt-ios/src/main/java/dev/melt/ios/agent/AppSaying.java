package dev.melt.ios.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import java.util.Optional;

/**
 * What the app said of itself when it was launched last.
 *
 * @param launches of this installation
 * @param bootId of the phone's boot
 * @param clocks its two clocks at one moment
 */
record AppSaying(long launches, String bootId, Optional<WallAndBoot> clocks) {
    static final int LONGEST = 1 << 16;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Of {@code app.json}.
     *
     * @throws ProtocolViolation when it is not that, or of another protocol
     */
    static AppSaying parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node.path("melt-app").asInt() != 1) {
                throw new ProtocolViolation(
                        "the app on the phone speaks protocol "
                                + node.path("melt-app").asText("?")
                                + ", this MELT speaks 1: install the one that belongs to it",
                        null);
            }
            return new AppSaying(
                    node.path("launches").asLong(),
                    node.path("boot_id").asText(),
                    WallAndBoot.of(
                            node.path("wall_ns").asLong(),
                            node.path("wall_boot_ns").asLong(),
                            node.path("wall_bound_ns").asLong()));
        } catch (JsonProcessingException e) {
            throw new ProtocolViolation("app.json on the phone is no JSON", e);
        }
    }
}
