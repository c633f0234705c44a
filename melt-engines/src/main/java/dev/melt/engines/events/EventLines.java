package dev.melt.engines.events;

import dev.melt.core.device.Device;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundles;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Settings;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogReader;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what any program wrote in MELT's own event lines. It starts nothing: a program to start is declared by a YAML file. */
public final class EventLines implements EngineAdapter {
    @Override
    public String name() {
        return "events";
    }

    @Override
    public String describe() {
        return "event lines of any program, for melt parse; to run one, declare it in configs/engines";
    }

    @Override
    public Bundle bundle(Device device, Bundles bundles) {
        throw new InvalidInputException(nothingToRun(device));
    }

    @Override
    public Optional<Problem> refuse(EngineJob job, Device device) {
        return Optional.of(nothingToRun(device));
    }

    private static Problem nothingToRun(Device device) {
        return new Problem(
                "[" + device.name() + "] engine events",
                "an engine that can be started expected",
                "this one only reads files",
                "declare your program as docs/how-to/add-an-engine.md shows, and give its name");
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        return job.settings();
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        throw new InvalidInputException(nothingToRun(device));
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        Path file = output.path("events.jsonl")
                .or(() -> output.path("stdout"))
                .orElseThrow(() -> new UnknownOutputException(
                        "events: event lines in events.jsonl or stdout expected, neither file is there"));
        try {
            return EventLogReader.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
