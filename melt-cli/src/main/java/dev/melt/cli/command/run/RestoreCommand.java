package dev.melt.cli.command.run;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.command.JsonOption;
import dev.melt.cli.text.Listing;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.prepare.SettingsRestoration.Restored;
import dev.melt.core.run.LeftBehind;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.SettingsJournal;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code melt restore}: what a MELT that was killed left changed. */
@Command(
        description = {
            "",
            "Puts back every setting of a device that a run changed and could not put back, and gives it USB power again. The next run"
                    + " on the device does the same; this does it now. What a MELT that still runs has changed is left to it."
        },
        footer = {"  melt restore pixel8", "  melt restore pixel8 --forget"})
public final class RestoreCommand implements MeltCommand {
    private static final Listing<Restored> LISTING = new Listing<Restored>()
            .words("setting", restored -> restored.change().setting())
            .maybeWords("value", restored -> restored.change().oldValue())
            .words("of_run", restored -> restored.change().runId())
            .words("put_back", restored -> restored.left().isEmpty() ? "yes" : "no")
            .maybeWords("reason", Restored::left);

    @Parameters(index = "0", arity = "1", paramLabel = "DEVICE", description = "a name that 'melt devices' shows")
    private String device = "";

    @Option(
            names = "--forget",
            description = "take what cannot be put back out of the list, so that no run tries again")
    private boolean forget;

    @Option(
            names = "--allow-restart",
            description = "restart the device for a setting that takes that, such as a power mode")
    private boolean restart;

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) {
        Workbench bench = Workbench.of(session);
        bench.devices().check(device);
        try (RunStore store = bench.openStore()) {
            SettingsJournal journal = store.settings();
            LeftBehind leftBehind = new LeftBehind(
                    journal,
                    device,
                    restart,
                    new ProgressLines(session.err(), session.progressTerminal().interactive()));
            leftBehind.powerUp();
            List<Restored> results;
            try (DeviceDriver driver = bench.devices().open(device)) {
                results = leftBehind.restore(driver);
            }
            LISTING.print(session, results, output.json(), "nothing is to be put back on " + device);
            if (forget) {
                results.stream()
                        .filter(result -> result.left().isPresent())
                        .forEach(result -> journal.restored(result.entry()));
            }
            boolean all = results.stream().map(Restored::left).allMatch(Optional::isEmpty);
            return all || forget ? ExitCode.DONE : ExitCode.NOTHING_USABLE;
        }
    }
}
