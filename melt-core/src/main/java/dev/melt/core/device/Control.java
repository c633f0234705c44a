package dev.melt.core.device;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One setting of a device that a run may change and has to put back. Its value is a word, as the device itself writes it.
 *
 * @param name its name in {@code --prepare}, in profiles and in table {@code device_setting}: {@code screen_brightness}
 * @param about what it does to a measurement, in one line
 * @param usual what MELT sets unless it is told otherwise; empty where it is left as it is
 * @param accepts a regular expression that every sound value matches
 * @param rest what it is taken to have been where it cannot be read; empty when there is nothing to put back then
 * @param clocks whether it changes how fast processors may run: the caps that are found after it are full speed then
 * @param obstacle why it cannot be had on this device; empty when it can
 */
public record Control(
        String name,
        String about,
        Optional<String> usual,
        String accepts,
        Optional<String> rest,
        boolean clocks,
        Optional<String> obstacle) {
    public Control {
        requireNonNull(name, "name");
        requireNonNull(about, "about");
        requireNonNull(usual, "usual");
        requireNonNull(accepts, "accepts");
        requireNonNull(rest, "rest");
        requireNonNull(obstacle, "obstacle");
    }

    public boolean isAvailable() {
        return obstacle.isEmpty();
    }
}
