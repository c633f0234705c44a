package dev.melt.core.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundle.BundleFile;
import dev.melt.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the store remembers of a bundle: {@code manifest.json} beside its {@code files}. Checked when it is made. */
record BundleManifest(
        String name,
        String engine,
        String version,
        String abi,
        String backend,
        String sha256,
        List<Entry> files,
        Map<String, String> environment,
        Map<String, String> build,
        List<String> expects) {
    static final String FILE = "manifest.json";
    static final String FOLDER = "files";
    private static final int MOST_BYTES = 16 << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** A file of the bundle. */
    record Entry(String name, String sha256, boolean executable) {
        Entry {
            if (!BundleFiles.isName(name) || !Sha256.isDigest(sha256)) {
                throw new IllegalArgumentException("no file of a bundle: " + name);
            }
        }
    }

    BundleManifest {
        if (!Sha256.isDigest(sha256) || files.isEmpty()) {
            throw new IllegalArgumentException("no manifest of a bundle");
        }
        files = List.copyOf(files);
        environment = new TreeMap<>(environment);
        build = new TreeMap<>(build);
        expects = List.copyOf(expects);
    }

    static BundleManifest of(DescribedBundle described) {
        Bundle bundle = described.bundle();
        return new BundleManifest(
                bundle.name(),
                bundle.engine(),
                bundle.version(),
                bundle.abi(),
                bundle.backend(),
                bundle.sha256(),
                bundle.files().stream()
                        .map(file -> new Entry(file.name(), file.sha256(), file.executable()))
                        .toList(),
                bundle.environment(),
                bundle.build(),
                described.expects());
    }

    /** The one in a folder of the store; empty when it cannot be understood. */
    static Optional<BundleManifest> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
            return Optional.empty();
        }
        try {
            @Nullable BundleManifest manifest = JSON.readValue(Files.readAllBytes(file), BundleManifest.class);
            return Optional.ofNullable(manifest);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    byte[] json() throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    /** The bundle that it tells of, with files below a folder of the store. */
    DescribedBundle in(Path folder) {
        Path below = folder.resolve(FOLDER);
        List<BundleFile> there = files.stream()
                .map(entry ->
                        new BundleFile(entry.name(), below.resolve(entry.name()), entry.sha256(), entry.executable()))
                .toList();
        return new DescribedBundle(
                new Bundle(name, engine, version, abi, backend, sha256, there, environment, build), below, expects);
    }
}
