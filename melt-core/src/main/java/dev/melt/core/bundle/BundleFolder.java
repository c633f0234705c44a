package dev.melt.core.bundle;

import com.fasterxml.jackson.core.JsonPointer;
import dev.melt.core.config.ConfigDocument;
import dev.melt.core.config.ConfigFiles;
import dev.melt.core.config.ConfigKind;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundle.BundleFile;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.Sha256;
import dev.melt.core.home.FileProblems;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a bundle from the folder in which somebody built it. */
public final class BundleFolder {
    private BundleFolder() {}

    /** Whether the folder says what it is. */
    public static boolean isDeclared(Path folder) {
        return Files.exists(folder.resolve(BundleDeclaration.FILE));
    }

    /**
     * Reads {@code bundle.yaml} and hashes the files.
     *
     * @throws InvalidInputException for a fault in the file, with its line, and for a file that may not be in a bundle
     */
    public static DescribedBundle read(Path folder, ConfigFiles configs, ByteProgress progress) {
        ConfigDocument document = configs.read(ConfigKind.BUNDLES, folder.resolve(BundleDeclaration.FILE));
        BundleDeclaration declared = document.as(BundleDeclaration.class);
        List<String> names = declared.files().orElseGet(() -> BundleFiles.below(folder));
        if (names.isEmpty()) {
            throw document.fault(
                    JsonPointer.empty(),
                    "at least one file beside it expected",
                    "there is none",
                    "put the build there");
        }
        checkExecutables(document, declared, names);
        List<BundleFile> files = new ArrayList<>();
        Map<Path, String> hashed = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Path path = located(document, declared, folder, i, name);
            boolean executable = declared.executable()
                    .map(listed -> listed.contains(name))
                    .orElseGet(() -> Files.isExecutable(path));
            files.add(new BundleFile(
                    name,
                    folder.resolve(name),
                    hashed.computeIfAbsent(path, file -> hash(file, progress)),
                    executable));
        }
        return new DescribedBundle(
                new Bundle(
                        declared.effectiveName(),
                        declared.engine(),
                        declared.version(),
                        declared.abi(),
                        declared.backend(),
                        DescribedBundle.digest(declared, files),
                        files,
                        declared.environment().orElseGet(Map::of),
                        declared.build().orElseGet(Map::of)),
                folder,
                declared.expects().orElseGet(List::of));
    }

    private static Path located(
            ConfigDocument document, BundleDeclaration declared, Path folder, int index, String name) {
        Optional<JsonPointer> line = declared.files().map(listed -> JsonPointer.compile("/files/" + index));
        try {
            return BundleFiles.locate(folder, name);
        } catch (InvalidInputException e) {
            throw line.map(at -> document.fault(at, e)).orElse(e);
        }
    }

    private static void checkExecutables(ConfigDocument document, BundleDeclaration declared, List<String> names) {
        List<String> executables = declared.executable().orElseGet(List::of);
        for (int i = 0; i < executables.size(); i++) {
            if (!names.contains(executables.get(i))) {
                throw document.fault(
                        JsonPointer.compile("/executable/" + i),
                        "one of the files expected",
                        "'" + executables.get(i) + "' is none",
                        "correct it");
            }
        }
    }

    private static String hash(Path file, ByteProgress progress) {
        try {
            return Sha256.of(file, progress);
        } catch (IOException e) {
            throw FileProblems.of(file, e);
        }
    }
}
