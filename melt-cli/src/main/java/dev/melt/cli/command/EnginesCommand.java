package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.Listing;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundles;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.Engines;
import dev.melt.core.engine.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code melt engines}: the engines that MELT can drive, and the vocabulary of their settings. */
@Command(
        description = {"", "An engine is chosen with --engine, a setting given with --set KEY=VALUE."},
        footer = {"  melt engines", "  melt engines --settings"})
public final class EnginesCommand implements MeltCommand {
    private static final Listing<Setting> SETTINGS = new Listing<Setting>()
            .words("key", Setting::key)
            .words("value", setting -> setting.type().name().toLowerCase(Locale.ROOT))
            .words("about", Setting::description);

    @Option(names = "--settings", description = "list the settings instead of the engines")
    private boolean settings;

    @Mixin
    private JsonOption output = new JsonOption();

    private static Listing<EngineAdapter> listing(Bundles bundles) {
        return new Listing<EngineAdapter>()
                .words("name", EngineAdapter::name)
                .words("from", Engines::source)
                .words("about", EngineAdapter::describe)
                .maybeWords(
                        "bundles", engine -> Optional.of(names(bundles, engine)).filter(text -> !text.isEmpty()));
    }

    private static String names(Bundles bundles, EngineAdapter engine) {
        return bundles.all().stream()
                .filter(bundle -> bundle.engine().equals(engine.name()))
                .map(Bundle::name)
                .collect(Collectors.joining(", "));
    }

    @Override
    public ExitCode run(Session session) {
        if (settings) {
            SETTINGS.print(session, List.of(Setting.values()), output.json(), "");
        } else {
            Bundles bundles = session.bundles().bundles();
            Engines engines = Engines.installed(bundles, session.configs());
            listing(bundles).print(session, engines.all(), output.json(), "no engine is there");
        }
        return ExitCode.DONE;
    }
}
