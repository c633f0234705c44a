package dev.melt.core.engine;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.Device;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

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

    /** Those that have one of these programs; the same one asked for. */
    public Bundles having(String... tools) {
        return new Bundles(all.stream().filter(b -> b.tool(tools).isPresent()).toList(), asked);
    }

    /**
     * The bundle of that name, else the one whose hash begins so.
     *
     * @throws InvalidInputException when there is none, or when several begin so
     */
    public Bundle named(String nameOrHash) {
        List<Bundle> found = meant(nameOrHash);
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            List<String> names = all.stream().map(Bundle::name).toList();
            List<String> near = Nearest.of(nameOrHash, names);
            throw new InvalidInputException(
                    "bundle '" + nameOrHash + "'",
                    "the name of a bundle or the beginning of its hash expected",
                    "there is none such",
                    near.isEmpty()
                            ? "'melt bundles list' shows all, 'melt bundles add DIR' adds one"
                            : "did you mean " + String.join(" or ", near) + "?");
        }
        throw new InvalidInputException(
                "bundle '" + nameOrHash + "'",
                "one bundle expected",
                found.size() + " are called so: " + described(found),
                "give the name, or more of the hash");
    }

    /**
     * The bundle of an engine to use on a device: the one that was asked for, else the only one that fits.
     *
     * @throws InvalidInputException when there is none, when it is for another engine or ABI, or when there is more than one
     *     to choose from
     */
    public Bundle fitting(String engine, Device device) {
        if (asked.isPresent()) {
            return checked(named(asked.get()), engine, device);
        }
        List<Bundle> ofEngine =
                all.stream().filter(b -> b.engine().equals(engine)).toList();
        List<Bundle> fitting =
                ofEngine.stream().filter(b -> Abi.fits(b.abi(), device)).toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        String subject = "[" + device.name() + "] engine " + engine;
        if (fitting.size() > 1) {
            throw new InvalidInputException(
                    subject,
                    "one bundle of it expected",
                    fitting.size() + " fit",
                    "choose with --bundle: " + described(fitting));
        }
        if (ofEngine.isEmpty()) {
            throw new InvalidInputException(
                    subject, "a bundle of it expected", "none is there", "add one with: melt bundles add DIR");
        }
        throw new InvalidInputException(
                subject,
                "a bundle for " + words(device) + " expected",
                "there are only " + described(ofEngine),
                "build one for this device and add it with: melt bundles add DIR");
    }

    private Bundle checked(Bundle bundle, String engine, Device device) {
        if (!bundle.engine().equals(engine)) {
            throw new InvalidInputException(
                    "bundle " + bundle.name(),
                    "one of engine " + engine + " expected",
                    "it is one of " + bundle.engine(),
                    "use --engine " + bundle.engine() + ", or another --bundle");
        }
        if (!Abi.fits(bundle.abi(), device)) {
            throw new InvalidInputException(
                    "bundle " + bundle.name(),
                    "one for " + words(device) + " expected, as " + device.name() + " runs",
                    "it is for " + bundle.abi(),
                    "use a bundle that was built for this device, or another device");
        }
        return bundle;
    }

    private List<Bundle> meant(String nameOrHash) {
        List<Bundle> byName =
                all.stream().filter(b -> b.name().equals(nameOrHash)).toList();
        return byName.isEmpty() && nameOrHash.matches("[0-9a-f]{4,64}")
                ? all.stream().filter(b -> b.sha256().startsWith(nameOrHash)).toList()
                : byName;
    }

    private static String words(Device device) {
        return String.join(" or ", Abi.wordsOf(device));
    }

    private static String described(List<Bundle> bundles) {
        return String.join(
                ", ",
                new TreeSet<>(bundles.stream()
                        .map(b -> b.name() + " (" + b.abi() + ", " + b.backend() + ")")
                        .toList()));
    }
}
