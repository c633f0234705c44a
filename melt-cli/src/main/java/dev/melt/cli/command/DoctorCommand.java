package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.doctor.Doctor;
import dev.melt.cli.doctor.Finding;
import dev.melt.cli.text.Listing;
import dev.melt.core.device.DeviceDriverProvider;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code melt doctor}. */
@Command(
        description = {
            "",
            "Looks at Java, memory, disk, programs, drivers and what can be measured here. Changes nothing. Ends with 1"
                    + " when something is in the way of a run on this machine."
        },
        footer = {"  melt doctor", "  melt doctor --json"})
public final class DoctorCommand implements MeltCommand {
    private static final Listing<Finding> LISTING = new Listing<Finding>()
            .words("state", finding -> finding.state().name().toLowerCase(Locale.ROOT))
            .words("subject", Finding::subject)
            .words("found", Finding::found)
            .maybeWords("remedy", Finding::remedy);

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) {
        List<DeviceDriverProvider> drivers = ServiceLoader.load(DeviceDriverProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        List<Finding> findings = new Doctor(session.driverContext(), drivers).examine();
        LISTING.print(session, findings, output.json(), "");
        boolean blocked = findings.stream().anyMatch(finding -> finding.state() == Finding.State.BLOCKING);
        return blocked ? ExitCode.NOTHING_USABLE : ExitCode.DONE;
    }
}
