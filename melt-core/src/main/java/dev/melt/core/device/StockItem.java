package dev.melt.core.device;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One thing that MELT brought onto a device or made there.
 *
 * @param name of a trial its id on the device; of a stored file {@code SHA256/NAME}; of a bundle its hash; of an agent its version
 * @param bytes what its removal frees, when what it shares is gone too
 * @param unused how long ago it was used last; empty where the device cannot tell
 * @param busy whether something that runs there uses it
 * @param shares names of stored files of which this bundle holds further names, not copies
 */
public record StockItem(
        Kind kind, String name, long bytes, Optional<Duration> unused, boolean busy, Set<String> shares) {
    /** What kind of thing it is. */
    public enum Kind {
        /** The folder of a trial. */
        TRIAL,
        /** A model, or a file of a bundle, in the content-addressed store. */
        FILE,
        /** What a copy that broke has left, or one that goes on has brought so far. */
        PART,
        /** The folder in which a bundle's files lie under their names. */
        BUNDLE,
        /** One version of the agent. */
        AGENT
    }

    public StockItem {
        requireNonNull(kind, "kind");
        requireNonNull(name, "name");
        requireNonNull(unused, "unused");
        shares = Set.copyOf(new TreeSet<>(shares));
        if (bytes < 0) {
            throw new IllegalArgumentException(name + " cannot have " + bytes + " bytes");
        }
    }

    /** The hash that a stored file or a bundle is known by; of other things the name. */
    public String hash() {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }
}
