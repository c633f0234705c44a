package dev.melt.core.model;

import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.FileStamp;
import dev.melt.core.file.Sha256;
import dev.melt.core.gguf.GgufFile;
import dev.melt.core.model.shape.Quantisation;
import dev.melt.core.model.shape.ShapeCatalogue;
import dev.melt.core.model.synth.GgufSynthesizer;
import dev.melt.core.model.synth.SynthesisOrder;
import dev.melt.core.model.synth.SynthesisOutline;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import dev.melt.core.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The models of one MELT home: {@code models/NAME.gguf} with {@code NAME.json} beside it. Understands what people call a
 * model, and makes synthetic ones on demand. Holds no state; two processes may use the same folder.
 */
public final class ModelRegistry {
    /** What a model may be called. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private static final String ENDING = ".gguf";
    private static final Pattern SEED = Pattern.compile("(.+)-seed(-?\\d{1,18})");

    private final Path folder;
    private final ShapeCatalogue shapes;
    private final Clock clock;

    /** What is there: the models, and the complaint about each file that is none. */
    public record Listing(List<Model> models, List<Problem> faults) {
        public Listing {
            models = List.copyOf(models);
            faults = List.copyOf(faults);
        }
    }

    /** A registry over {@code MELT_HOME/models}, which need not exist yet. */
    public ModelRegistry(Path folder, ShapeCatalogue shapes, Clock clock) {
        this.folder = folder;
        this.shapes = shapes;
        this.clock = clock;
    }

    /** Names of the files that are there, sorted. */
    public List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ENDING))
                    .map(ModelRegistry::withoutEnding)
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** Reads the headers of all files; hashes nothing. */
    public Listing list() {
        List<Model> models = new ArrayList<>();
        List<Problem> faults = new ArrayList<>();
        for (String name : names()) {
            try {
                Path path = pathOf(name);
                models.add(model(name, path, GgufFile.read(path), remembered(path)));
            } catch (InvalidInputException e) {
                faults.add(e.problem());
            }
        }
        return new Listing(models, faults);
    }

    /** What a file was made from, if that was on this host and the file has not changed since. */
    public Optional<Derivation> derivation(Path path) {
        return remembered(path).flatMap(Sidecar::derivation);
    }

    /** Where the file of a registered model is, or would be. */
    public Path pathOf(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInputException(
                    "model name '" + name + "'",
                    "1 to 100 letters, digits, '.', '_' and '-' expected",
                    "something else found",
                    "choose a plain name");
        }
        return folder.resolve(name + ENDING);
    }

    /**
     * Understands a registered name, a path to a .gguf file, or the name of a shape with or without a quantisation behind
     * it ({@code tiny}, {@code tinyllama-1.1b-q4_0}, {@code llama2-7b-q4}).
     *
     * @throws InvalidInputException when it is none of them, with the nearest names
     */
    public ModelReference find(String reference) {
        if (NAME.matcher(reference).matches() && Files.isRegularFile(pathOf(reference))) {
            return new ModelReference.Present(reference, pathOf(reference));
        }
        if (reference.contains("/")
                || reference.contains("\\")
                || reference.toLowerCase(Locale.ROOT).endsWith(ENDING)) {
            return file(reference);
        }
        SynthesisOrder order = order(reference).orElseThrow(() -> unknown(reference));
        Path made = pathOf(order.modelName());
        return Files.isRegularFile(made)
                ? new ModelReference.Present(order.modelName(), made)
                : new ModelReference.ToSynthesise(order);
    }

    /** The model that a person means, made first if it has to be; its file's header was read and its digest is there. */
    public Model obtain(String reference, ByteProgress progress) {
        ModelReference found = find(reference);
        if (found instanceof ModelReference.ToSynthesise toMake) {
            return synthesise(toMake.order(), progress);
        }
        Path path = ((ModelReference.Present) found).path();
        return register(found.name(), path, Optional.empty(), progress);
    }

    /**
     * Shows a model to somebody who must say no before it is made or hashed: the file that {@code look} is given has the
     * header and the size of the whole, may be without weights, and is gone afterwards if it was not there before.
     *
     * @throws InvalidInputException when the file that is there is no sound GGUF
     */
    public void preview(ModelReference found, Consumer<Model> look) {
        if (found instanceof ModelReference.ToSynthesise toMake) {
            try (SynthesisOutline outline = SynthesisOutline.of(toMake.order(), folder)) {
                look.accept(model(found.name(), outline.path(), GgufFile.read(outline.path()), Optional.empty()));
            }
            return;
        }
        Path path = ((ModelReference.Present) found).path();
        look.accept(model(found.name(), path, GgufFile.read(path), Optional.empty()));
    }

    /** Makes the file anew, replacing one of the same order. */
    public Model synthesise(SynthesisOrder order, ByteProgress progress) {
        Path path = pathOf(order.modelName());
        new GgufSynthesizer(order, progress).write(path);
        return register(order.modelName(), path, Optional.empty(), ByteProgress.NONE);
    }

    /**
     * Takes note of a file: reads its header, and its digest from beside it or, when the file is new or has changed, by
     * reading it whole.
     *
     * @param source address it came from, if it was fetched just now
     */
    public Model register(String name, Path path, Optional<String> source, ByteProgress progress) {
        return register(name, path, source, Optional.empty(), progress);
    }

    /** Takes note of a file that was made from another one just now. */
    public Model register(String name, Path path, Derivation derivation, ByteProgress progress) {
        return register(name, path, Optional.empty(), Optional.of(derivation), progress);
    }

    private Model register(
            String name, Path path, Optional<String> source, Optional<Derivation> derivation, ByteProgress progress) {
        GgufFile file = GgufFile.read(path);
        Optional<Sidecar> known = remembered(path);
        if (known.isPresent() && source.isEmpty() && derivation.isEmpty()) {
            return model(name, path, file, known);
        }
        try {
            FileStamp before = FileStamp.of(path);
            String sha256 = Sha256.of(path, progress);
            Sidecar sidecar = new Sidecar(before, sha256, source, derivation, clock.instant());
            Model model = model(name, path, file, Optional.of(sidecar));
            sidecar.write(sidecarOf(path), model);
            return model;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Understands the name of a shape with or without quantisation and seed; empty when it begins with no shape. */
    private Optional<SynthesisOrder> order(String reference) {
        var seeded = SEED.matcher(reference);
        long seed = seeded.matches() ? Long.parseLong(seeded.group(2)) : SynthesisOrder.DEFAULT_SEED;
        String shapeAndMix = (seeded.matches() ? seeded.group(1) : reference).toLowerCase(Locale.ROOT);
        if (shapes.has(shapeAndMix)) {
            return Optional.of(new SynthesisOrder(shapes.shape(shapeAndMix), Quantisation.DEFAULT, seed));
        }
        for (int end = shapeAndMix.length() - 1; end > 0; end--) {
            String shape = shapeAndMix.substring(0, end);
            Optional<Quantisation> mix = Quantisation.of(shapeAndMix.substring(end));
            if ("-_.:".indexOf(shapeAndMix.charAt(end)) >= 0 && mix.isPresent() && shapes.has(shape)) {
                return Optional.of(new SynthesisOrder(shapes.shape(shape), mix.get(), seed));
            }
        }
        return Optional.empty();
    }

    private ModelReference file(String reference) {
        Path path;
        try {
            path = Path.of(reference).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw noFile(reference);
        }
        if (!Files.exists(path)) {
            throw noFile(reference);
        }
        return new ModelReference.Present(withoutEnding(String.valueOf(path.getFileName())), path);
    }

    private static InvalidInputException noFile(String reference) {
        return new InvalidInputException(
                "model '" + reference + "'",
                "a GGUF file expected",
                "no such file",
                "check the path; 'melt models list' shows what is there by name");
    }

    private InvalidInputException unknown(String reference) {
        List<String> known = new ArrayList<>(names());
        known.addAll(shapes.names());
        shapes.names().forEach(shape -> Quantisation.names().forEach(mix -> known.add(shape + "-" + mix)));
        List<String> near = Nearest.of(reference, known);
        return new InvalidInputException(
                "model '" + reference + "'",
                "a model's or shape's name, or a path to a .gguf file, expected",
                "there is none such",
                near.isEmpty() ? "'melt models list' shows all" : "did you mean " + String.join(" or ", near) + "?");
    }

    private Optional<Sidecar> remembered(Path path) {
        try {
            FileStamp stamp = FileStamp.of(path);
            return Sidecar.read(sidecarOf(path))
                    .filter(sidecar -> sidecar.stamp().equals(stamp) && Sha256.isDigest(sidecar.sha256()));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Beside a registered file; for one elsewhere, in a folder of our own, as its folder is not ours. */
    private Path sidecarOf(Path path) {
        Path file = path.toAbsolutePath().normalize();
        if (folder.toAbsolutePath().normalize().equals(file.getParent())) {
            return file.resolveSibling(withoutEnding(String.valueOf(file.getFileName())) + ".json");
        }
        return folder.resolve("elsewhere").resolve(Sha256.of(file.toString()).substring(0, 32) + ".json");
    }

    private static Model model(String name, Path path, GgufFile file, Optional<Sidecar> sidecar) {
        return new Model(
                name,
                path,
                file.architecture().orElse("unknown"),
                file.parameters(),
                FileType.of(file),
                file.bytes(),
                sidecar.map(Sidecar::sha256),
                file.synthetic()
                        ? Optional.of(new Model.Synthetic(
                                file.text("melt.shape").orElse("unknown"),
                                file.whole("melt.seed").orElse(0)))
                        : Optional.empty(),
                sidecar.flatMap(Sidecar::derivation));
    }

    private static InvalidInputException unreadable(Path path, IOException cause) {
        return new InvalidInputException(
                new Problem(
                        path.toString(),
                        "a folder that can be read and written expected",
                        cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                        "check the disk and the permissions"),
                cause);
    }

    private static String withoutEnding(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(ENDING)
                ? fileName.substring(0, fileName.length() - ENDING.length())
                : fileName;
    }
}
