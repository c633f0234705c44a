package dev.melt.core.bundle;

import dev.melt.core.config.ConfigFiles;
import dev.melt.core.file.ByteProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Folders with builds, as people have them. */
record TestingBundles(Path folder) {
    static final String HEAD = "engine: llama.cpp\nversion: b1\nabi: x86_64-linux\nbackend: cpu\n";

    TestingBundles file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    TestingBundles program(String name, String content) throws IOException {
        file(name, content);
        if (!folder.resolve(name).toFile().setExecutable(true)) {
            throw new IOException("cannot be made executable");
        }
        return this;
    }

    TestingBundles yaml(String more) throws IOException {
        return file(BundleDeclaration.FILE, HEAD + more);
    }

    DescribedBundle read() {
        return BundleFolder.read(folder, new ConfigFiles(List.of()), ByteProgress.NONE);
    }
}
