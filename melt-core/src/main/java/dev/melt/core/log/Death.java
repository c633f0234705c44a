package dev.melt.core.log;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * A process that is gone, as a device's log or one of its reports tells of it.
 *
 * @param outOfMemory whether the system took its memory
 * @param words in one line: who ended what, and why
 */
public record Death(OptionalLong pid, boolean outOfMemory, String words) {
    public Death {
        requireNonNull(pid, "pid");
        requireNonNull(words, "words");
    }
}
