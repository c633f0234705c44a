package dev.melt.jetson.ssh;

import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceProfile;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Wildcard;
import java.util.Map;
import java.util.Optional;

/** Whether the machine behind an address is the kind that its profile speaks of: the profile's data sheet is believed otherwise. */
record BoardMatch(DeviceProfile.Match match) {
    /**
     * Compares everything that the profile names.
     *
     * @throws InvalidInputException when something is another
     */
    void require(Device device) {
        Map<String, String> facts = device.facts();
        require(device, "serial", match.serial(), Optional.of(device.serial()));
        require(device, "product", match.product(), Optional.ofNullable(facts.get("product")));
        require(device, "model", match.model(), Optional.ofNullable(facts.get("machine")));
        require(device, "soc", match.soc(), Optional.ofNullable(facts.get("soc")));
    }

    private static void require(Device device, String word, Optional<String> wanted, Optional<String> found) {
        if (wanted.isPresent()
                && found.filter(is -> new Wildcard(wanted.get()).matches(is)).isEmpty()) {
            throw new InvalidInputException(
                    "--device " + device.name(),
                    word + " " + wanted.get() + " expected",
                    "the machine at that address says " + found.orElse("nothing"),
                    "take the profile of that machine, or the address alone: --device USER@HOST");
        }
    }
}
