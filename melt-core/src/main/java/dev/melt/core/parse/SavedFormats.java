package dev.melt.core.parse;

import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.Engines;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Every form of file that this program reads. */
public final class SavedFormats {
    private final Engines engines;
    private final List<SavedFormat> others;

    public SavedFormats(Engines engines, List<SavedFormat> others) {
        this.engines = engines;
        this.others = List.copyOf(others);
    }

    /** Those of the engines, and those that modules on the class path bring. */
    public static SavedFormats installed(Engines engines) {
        return new SavedFormats(
                engines,
                ServiceLoader.load(SavedFormatProvider.class).stream()
                        .flatMap(provider -> provider.get().formats().stream())
                        .toList());
    }

    /** All, by kind. */
    public List<SavedFormat> all() {
        List<SavedFormat> all = new ArrayList<>(others);
        for (EngineAdapter adapter : engines.all()) {
            all.add(new EngineFormat(adapter));
        }
        all.sort(Comparator.comparing(SavedFormat::kind));
        return all;
    }

    /**
     * The one of a kind.
     *
     * @throws InvalidInputException with the nearest kinds when there is none
     */
    public SavedFormat named(String kind) {
        return others.stream()
                .filter(format -> format.kind().equals(kind))
                .findFirst()
                .or(() -> engine(kind))
                .orElseThrow(() -> unknown(kind));
    }

    private Optional<SavedFormat> engine(String kind) {
        return engines.names().contains(kind) ? Optional.of(new EngineFormat(engines.named(kind))) : Optional.empty();
    }

    private InvalidInputException unknown(String kind) {
        List<String> kinds = Stream.concat(others.stream().map(SavedFormat::kind), engines.names().stream())
                .sorted()
                .toList();
        List<String> near = Nearest.of(kind, kinds);
        return new InvalidInputException(
                "kind '" + kind + "'",
                "a kind of file that MELT reads needed",
                "there is none such",
                near.isEmpty() ? "'melt parse --list' shows all" : "did you mean " + String.join(" or ", near) + "?");
    }
}
