package dev.melt.cli.doctor;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One thing that was looked at on this host.
 *
 * @param subject what it is
 * @param found what is there, in words with figures
 * @param remedy how to get more, where there is a way
 */
public record Finding(State state, String subject, String found, Optional<String> remedy) {
    /** How well it is with a thing. */
    public enum State {
        GOOD,
        /** MELT works and can do less than it might. */
        LIMITED,
        /** The main job cannot be done on this host. */
        BLOCKING
    }

    public Finding {
        requireNonNull(state, "state");
        requireNonNull(subject, "subject");
        requireNonNull(found, "found");
        requireNonNull(remedy, "remedy");
    }

    static Finding good(String subject, String found) {
        return new Finding(State.GOOD, subject, found, Optional.empty());
    }

    static Finding limited(String subject, String found, String remedy) {
        return new Finding(State.LIMITED, subject, found, Optional.of(remedy));
    }

    static Finding blocking(String subject, String found, String remedy) {
        return new Finding(State.BLOCKING, subject, found, Optional.of(remedy));
    }
}
