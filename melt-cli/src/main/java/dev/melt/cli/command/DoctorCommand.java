package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.doctor.Doctor;
import dev.melt.cli.text.Listing;
import dev.melt.core.device.Check;
import dev.melt.core.device.DeviceDriverProvider;
import dev.melt.core.problem.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code melt doctor}. */
@Command(
        description = {
            "",
            "Looks at Java, memory, disk, programs, drivers and what can be measured here; with a KIND at what devices of that kind"
                    + " need, and at those that are attached, step by step. Changes nothing. Ends with 1 when something is in"
                    + " the way of a run."
        },
        footer = {"  melt doctor", "  melt doctor ios", "  melt doctor --json"})
public final class DoctorCommand implements MeltCommand {
    /** Names of kinds of device, and of the drivers that reach them. */
    private static final Map<String, String> KINDS = Map.of("ios", "usbmux", "android", "adb", "jetson", "ssh");

    private static final Listing<Check> LISTING = new Listing<Check>()
            .words("state", check -> check.state().name().toLowerCase(Locale.ROOT))
            .words("subject", Check::subject)
            .words("found", Check::found)
            .maybeWords("remedy", Check::remedy);

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "ios (iPhones and iPads)")
    private @Nullable String kind;

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) {
        List<DeviceDriverProvider> drivers = ServiceLoader.load(DeviceDriverProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        List<Check> checks = kind == null
                ? new Doctor(session.driverContext(), drivers).examine()
                : driver(kind, drivers).examine(session.driverContext());
        LISTING.print(session, checks, output.json(), "nothing further is looked at for this kind; see 'melt doctor'");
        boolean blocked = checks.stream().anyMatch(check -> check.state() == Check.State.BLOCKING);
        return blocked ? ExitCode.NOTHING_USABLE : ExitCode.DONE;
    }

    private static DeviceDriverProvider driver(String kind, List<DeviceDriverProvider> drivers) {
        String name = KINDS.getOrDefault(kind, kind);
        return drivers.stream()
                .filter(driver -> driver.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "doctor '" + kind + "'",
                        "a kind of device expected",
                        "MELT has no driver for it",
                        "the kinds are " + String.join(", ", new TreeSet<>(KINDS.keySet()))));
    }
}
