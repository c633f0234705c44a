package dev.melt.core.engine.declared;

import dev.melt.core.device.Device;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundles;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogReader;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.file.Sha256;
import dev.melt.core.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An engine that a YAML file declares. It writes MELT's own event lines; nothing of it is known here but that file. */
public final class DeclaredEngine implements EngineAdapter {
    private final EngineDeclaration declaration;

    DeclaredEngine(EngineDeclaration declaration) {
        this.declaration = declaration;
    }

    @Override
    public String name() {
        return declaration.name();
    }

    @Override
    public String describe() {
        return declaration.about();
    }

    /** The file that declares it. */
    public String source() {
        return declaration.source();
    }

    /** A bundle's hash has the declaration in it: another command line is another build. */
    @Override
    public Bundle bundle(Device device, Bundles bundles) {
        List<Bundle> candidates = declaration.bundle()
                ? bundles.all().stream()
                        .filter(b -> b.engine().equals(name()))
                        .map(this::declared)
                        .toList()
                : List.of(onTheDevice());
        return new Bundles(candidates, bundles.asked()).fitting(name(), device);
    }

    private Bundle declared(Bundle bundle) {
        return new Bundle(
                bundle.name(),
                bundle.engine(),
                bundle.version(),
                bundle.abi(),
                bundle.backend(),
                Sha256.of(bundle.sha256() + declaration.sha256()),
                bundle.files(),
                bundle.environment(),
                bundle.build());
    }

    private Bundle onTheDevice() {
        return new Bundle(
                name(), name(), "as installed", "any", "cpu", declaration.sha256(), List.of(), Map.of(), Map.of());
    }

    @Override
    public Optional<Problem> refuse(EngineJob job, Device device) {
        return new JobCheck(declaration, job, device).problem();
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        EnumMap<Setting, String> defaults = new EnumMap<>(Setting.class);
        declaration
                .defaults()
                .forEach((setting, value) ->
                        defaults.put(setting, Template.expand(value, name -> CommandLine.fact(name, device))));
        return new Settings(defaults).with(job.settings());
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        return new CommandLine(declaration, job, device, placement).invocation();
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        String name = declaration.eventsFile().orElse("stdout");
        Optional<Path> events = output.path(name);
        if (events.isEmpty()) {
            throw new UnknownOutputException(name() + ": event lines in " + name + " expected, the file is not there");
        }
        try {
            return EventLogReader.read(events.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
