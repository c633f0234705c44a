package dev.melt.core.prepare;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What became of a setting that a run wanted.
 *
 * @param before its value when the run began; empty where it was not set or cannot be read
 * @param after its value afterwards; empty where it is not set or cannot be read
 * @param took whether it has the value that was wanted, as far as the device tells
 * @param words what the device said against it, in one line; empty where it said nothing
 */
public record SettingState(
        WantedSetting wanted, Optional<String> before, Optional<String> after, boolean took, String words) {
    public SettingState {
        requireNonNull(wanted, "wanted");
        requireNonNull(before, "before");
        requireNonNull(after, "after");
        requireNonNull(words, "words");
    }

    /** For people: {@code screen_brightness 102 -> 10}. */
    @Override
    public String toString() {
        return took ? wanted.name() + " " + before.orElse("unset") + " -> " + wanted.value() : evidence();
    }

    /** Evidence for a setting that did not take. */
    String evidence() {
        return wanted.name() + ": " + wanted.value() + " asked for, "
                + after.map(value -> value + " found").orElse("no value found")
                + (words.isEmpty() ? "" : " (" + words + ")");
    }
}
