package dev.melt.testkit;

import dev.melt.core.engine.Bundle;
import dev.melt.core.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Bundles of programs that behave as llama.cpp's do, for machines that have none: scripts, and a small server. */
public final class ScriptedLlama {
    private ScriptedLlama() {}

    /** A bundle with these programs below {@code folder/bin}. */
    public static Bundle bundle(Path folder, String version, Map<String, String> environment, String... programs) {
        List<Bundle.BundleFile> files = new ArrayList<>();
        for (String program : programs) {
            String text = program.equals("llama-server") ? server() : script();
            Path file = folder.resolve("bin").resolve(program);
            write(file, text);
            files.add(new Bundle.BundleFile("bin/" + program, file, Sha256.of(text), true));
        }
        return new Bundle(
                "scripted",
                "llama.cpp",
                version,
                "x86_64-linux",
                "cpu",
                Sha256.of(
                        files.stream().map(f -> f.name() + f.sha256()).toList().toString()),
                files,
                environment,
                Map.of());
    }

    private static String server() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return "#!/bin/sh\nexec '" + java + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m -cp '" + classPath
                + "' '" + FakeLlamaServer.Main.class.getName() + "' \"$@\"\n";
    }

    private static String script() {
        try (InputStream in =
                Objects.requireNonNull(ScriptedLlama.class.getResourceAsStream("scripted-llama.sh"), "the script")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, text);
            if (!file.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + file + " executable");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
