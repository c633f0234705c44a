package dev.melt.core.device;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One thing that a kind of device needs, and how it stands.
 *
 * @param subject what it is, with the device where it is one's own
 * @param found in words
 * @param remedy what a person can do; empty where nothing has to be done
 */
public record Check(State state, String subject, String found, Optional<String> remedy) {
    /** How well it is with a thing. */
    public enum State {
        GOOD,
        /** Less can be done than might be. */
        LIMITED,
        /** Nothing can be run until it is mended. */
        BLOCKING
    }

    public Check {
        requireNonNull(state, "state");
        requireNonNull(subject, "subject");
        requireNonNull(found, "found");
        requireNonNull(remedy, "remedy");
    }

    public static Check good(String subject, String found) {
        return new Check(State.GOOD, subject, found, Optional.empty());
    }

    public static Check limited(String subject, String found, String remedy) {
        return new Check(State.LIMITED, subject, found, Optional.of(remedy));
    }

    public static Check blocking(String subject, String found, String remedy) {
        return new Check(State.BLOCKING, subject, found, Optional.of(remedy));
    }
}
