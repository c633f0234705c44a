package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.command.virtual.BootedDevices;
import dev.melt.cli.text.Listing;
import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceDriverProvider;
import dev.melt.core.device.DeviceException;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.PlainText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code melt devices}: asks every driver what it sees. */
@Command(
        description = {
            "",
            "Changes nothing on them; Android devices that are ready are asked who they are, hosts over SSH are knocked at, iPhones are"
                    + " asked what stands in the way of a run: one that is not paired may ask whether to trust this computer.",
            "What a driver needs to see more is in 'melt doctor'; one that cannot look is named on standard error, and the others are"
                    + " shown."
        },
        footer = {
            "  melt devices",
            "  melt devices --json",
            "  melt devices --virtual pixel8",
            "  melt devices --virtual pixel8+root,galaxy-s24",
            "  melt devices --virtual orin-agx",
            "  melt devices --virtual iphone14pro"
        })
public final class DevicesCommand implements MeltCommand {
    /** A device and how it was seen. */
    private record Seen(Device device, String link) {}

    private static final Listing<Seen> LISTING = new Listing<Seen>()
            .words("name", seen -> seen.device().name())
            .words("link", Seen::link)
            .words("platform", seen -> seen.device().platform().name().toLowerCase(Locale.ROOT))
            .maybeWords("kind", DevicesCommand::kind)
            .maybeWords(
                    "model",
                    seen -> fact(seen, "model")
                            .or(() -> fact(seen, "cpu_model"))
                            .or(() -> fact(seen, "about")))
            .maybeWords("called", seen -> fact(seen, "called"))
            .maybeWords("soc", seen -> fact(seen, "soc"))
            .maybeWords(
                    "system",
                    seen -> fact(seen, "android")
                            .map(version -> "Android " + version)
                            .or(() -> fact(seen, "ios").map(version -> "iOS " + version)))
            .maybeWords("state", seen -> fact(seen, "state"))
            .maybeWords("to do", seen -> fact(seen, "remedy"))
            .jsonOnly("facts", seen -> seen.device().facts());

    /** Unknown of a device that nobody has asked what it is. */
    private static Optional<String> kind(Seen seen) {
        return fact(seen, "asked").filter("no"::equals).isPresent()
                ? Optional.empty()
                : Optional.of(seen.device().virtual() ? "virtual" : "real");
    }

    private static Optional<String> fact(Seen seen, String key) {
        return Optional.ofNullable(seen.device().facts().get(key));
    }

    @Option(
            names = "--virtual",
            paramLabel = "NAME[,NAME]",
            description = {
                "boot simulated devices for a dry run and keep them until Ctrl-C:",
                "phones android-6, galaxy-s24, pixel8, xiaomi-14; boards nano, orin-agx, orin-nano, raspberry-pi-5, thor, xavier-agx;",
                "iPhones iphone11, iphone14pro, iphone15pro, iphone17, iphone7;",
                "after a phone's name +root gives a root shell, +clock a wall clock of its own, +denied-settings one that refuses settings;",
                "after a board's +no-sudo takes root away, +forgets-mode the power mode at a reboot, +small-home leaves 512 MiB;",
                "after an iPhone's +locked locks it, +no-app leaves MELT's app away, +no-power brings no power through the cable"
            })
    private @Nullable String virtual;

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) throws IOException, InterruptedException {
        if (virtual != null) {
            return new BootedDevices(session).keep(virtual);
        }
        List<Seen> seen = new ArrayList<>();
        for (DeviceDriverProvider provider : ServiceLoader.load(DeviceDriverProvider.class)) {
            try {
                provider.discover(session.driverContext())
                        .forEach(device -> seen.add(new Seen(device, provider.name())));
            } catch (InvalidInputException | DeviceException cannotLook) { // the others are shown all the same
                session.err()
                        .println(PlainText.oneLine(
                                "melt: left out devices over " + provider.name() + ": " + cannotLook.getMessage()));
            }
        }
        LISTING.print(session, seen, output.json(), "no device can be seen; 'melt doctor' tells what is missing");
        return ExitCode.DONE;
    }
}
