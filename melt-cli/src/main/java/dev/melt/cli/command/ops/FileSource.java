package dev.melt.cli.command.ops;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.profile.ProfileSink;
import dev.melt.engines.opprofile.ProfileLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Saved output of an engine.
 *
 * @param kind empty to take what the file looks like
 */
record FileSource(Path file, Optional<ProfileLog> kind) implements ProfileSource {
    FileSource {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    file.toString(),
                    "a file with an engine's per-op output expected",
                    Files.exists(file) ? "it is none" : "there is none",
                    "check the path");
        }
    }

    @Override
    public void read(Function<Subject, ProfileSink> sinks) throws IOException, UnknownOutputException {
        ProfileLog log = kind.isPresent() ? kind.get() : recognised();
        String name = String.valueOf(file.getFileName());
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("file", name);
        labels.put("kind", log.kind());
        try (InputStream in = Files.newInputStream(file)) {
            log.read(in, sinks.apply(new Subject(name + " (" + log.kind() + ")", labels)));
        }
    }

    private ProfileLog recognised() throws IOException, UnknownOutputException {
        try (InputStream in = Files.newInputStream(file)) {
            return ProfileLog.recognised(in)
                    .orElseThrow(() -> new UnknownOutputException("lines 'n_nodes = N' of llama.cpp or 'Report from"
                            + " function NAME:' of mlc-llm expected, neither found; docs/reference/per-op-profiles.md says"
                            + " how to get them"));
        }
    }
}
