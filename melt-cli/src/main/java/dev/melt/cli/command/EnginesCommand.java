package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.Listing;
import dev.melt.core.engine.Bundles;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.Engines;
import dev.melt.core.engine.Setting;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code melt engines}: the engines that MELT can drive, and the vocabulary of their settings. */
@Command(
        description = {"", "An engine is chosen with --engine, a setting given with --set KEY=VALUE."},
        footer = {"  melt engines", "  melt engines --settings"})
public final class EnginesCommand implements MeltCommand {
    private static final Listing<EngineAdapter> ENGINES = new Listing<EngineAdapter>()
            .words("name", EngineAdapter::name)
            .words("from", Engines::source)
            .words("about", EngineAdapter::describe);

    private static final Listing<Setting> SETTINGS = new Listing<Setting>()
            .words("key", Setting::key)
            .words("value", setting -> setting.type().name().toLowerCase(Locale.ROOT))
            .words("about", Setting::description);

    @Option(names = "--settings", description = "list the settings instead of the engines")
    private boolean settings;

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) {
        if (settings) {
            SETTINGS.print(session, List.of(Setting.values()), output.json(), "");
        } else {
            ENGINES.print(
                    session,
                    Engines.installed(Bundles.NONE, session.configs()).all(),
                    output.json(),
                    "no engine is on the class path");
        }
        return ExitCode.DONE;
    }
}
