package dev.melt.engines.reading;

import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs an adapter's command in a folder, as an agent does, with a shell script in the place of the engine. */
public final class ScriptedRun {
    private final Path trial;
    private final int exitCode;

    private ScriptedRun(Path trial, int exitCode) {
        this.trial = trial;
        this.exitCode = exitCode;
    }

    /**
     * Completes the job, writes the bundle's programs, and runs the command to its end.
     *
     * @param engineBody what the program does; its arguments are those that the adapter made
     */
    public static ScriptedRun of(EngineAdapter engine, EngineJob job, Path folder, String engineBody)
            throws IOException, InterruptedException {
        Path bundle = Files.createDirectories(folder.resolve("bundle"));
        for (Bundle.BundleFile file : job.bundle().files()) {
            Path path = bundle.resolve(file.name());
            Files.createDirectories(path.resolveSibling("."));
            Files.writeString(path, file.executable() ? "#!/bin/sh\n" + engineBody : "{}");
            path.toFile().setExecutable(file.executable());
        }
        Path trial = Files.createDirectories(folder.resolve("trial"));
        EngineJob complete = job.with(engine.complete(job, Jobs.PHONE));
        Invocation invocation = engine.invocation(
                complete, Jobs.PHONE, new Placement("/store/00/" + job.model().path(), bundle.toString()));
        for (var input : invocation.inputs().entrySet()) {
            Files.writeString(trial.resolve(input.getKey()), input.getValue());
        }
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(invocation.command()))
                .directory(trial.toFile())
                .redirectOutput(trial.resolve("stdout").toFile())
                .redirectError(trial.resolve("stderr").toFile());
        builder.environment().putAll(invocation.environment());
        Process process = builder.start();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("the command did not end");
        }
        return new ScriptedRun(trial, process.exitValue());
    }

    public int exitCode() {
        return exitCode;
    }

    public EngineOutput output() {
        return EngineOutput.of(trial);
    }

    /** The arguments of each start, a line each, of an engine that appends them to {@code starts}. */
    public List<String> starts() throws IOException {
        return Files.readAllLines(trial.resolve("starts"));
    }

    public String file(String name) throws IOException {
        return Files.readString(trial.resolve(name));
    }
}
