package dev.melt.core.engine;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.Device;
import dev.melt.core.problem.InvalidInputException;
import java.util.List;
import java.util.Optional;

/**
 * The bundles that a person has added, and which of them was asked for. Immutable.
 *
 * @param all every one that is there
 * @param asked name of a bundle or beginning of its hash; empty to take the one that fits
 */
public record Bundles(List<Bundle> all, Optional<String> asked) {
    /** No bundle was added and none asked for. */
    public static final Bundles NONE = new Bundles(List.of(), Optional.empty());

    public Bundles {
        all = List.copyOf(all);
        requireNonNull(asked, "asked");
    }

    /** The same bundles with another one asked for. */
    public Bundles asking(String nameOrHash) {
        return new Bundles(all, Optional.of(nameOrHash));
    }

    /**
     * The bundle of an engine to use on a device: the one that was asked for, else the only one that fits.
     *
     * @throws InvalidInputException when there is none, or more than one to choose from
     */
    public Bundle fitting(String engine, Device device) {
        List<Bundle> candidates = all.stream()
                .filter(b -> b.engine().equals(engine))
                .filter(b -> asked.map(a -> b.name().equals(a) || b.sha256().startsWith(a))
                        .orElse(true))
                .toList();
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        throw new InvalidInputException(
                "[" + device.name() + "] engine " + engine,
                "one bundle" + asked.map(a -> " '" + a + "'").orElse("") + " of it expected",
                candidates.isEmpty() ? "none is there" : candidates.size() + " are there",
                candidates.isEmpty()
                        ? "add one with: melt bundles add DIR"
                        : "choose with --bundle: "
                                + String.join(
                                        ", ",
                                        candidates.stream().map(Bundle::name).toList()));
    }
}
