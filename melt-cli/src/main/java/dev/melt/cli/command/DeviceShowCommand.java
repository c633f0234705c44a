package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.JsonOut;
import dev.melt.cli.text.Listing;
import dev.melt.core.device.Control;
import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.Devices;
import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Observation;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.TelemetryPlan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code melt device show}: everything that MELT finds out about one device. */
@Command(
        description = {
            "",
            "Opens the device and reads: what it is, what can be sampled there and from where, with a reading of each, what cannot and"
                    + " why, and which settings a run can change. Changes nothing but MELT's own folder there."
        },
        footer = {"  melt device show pixel8", "  melt device show local --json"})
public final class DeviceShowCommand implements MeltCommand {
    private static final Duration SPAN = Duration.ofMillis(200);

    private record Fact(String name, String value) {}

    private record Reading(Channel channel, Optional<Double> value) {}

    private record Setting(Control control, Optional<String> now) {}

    private static final Listing<Fact> FACTS =
            new Listing<Fact>().words("fact", Fact::name).words("value", Fact::value);

    private static final Listing<Reading> CHANNELS = new Listing<Reading>()
            .words("channel", reading -> reading.channel().name())
            .figures("value", Reading::value, value -> String.format(java.util.Locale.ROOT, "%.6g", value))
            .words("unit", reading -> reading.channel().unit().symbol())
            .words("source", reading -> reading.channel().source());

    private static final Listing<TelemetryPlan.Absent> ABSENT = new Listing<TelemetryPlan.Absent>()
            .words("not_measured", TelemetryPlan.Absent::quantity)
            .words("reason", TelemetryPlan.Absent::reason);

    private static final Listing<Setting> SETTINGS = new Listing<Setting>()
            .words("setting", setting -> setting.control().name())
            .maybeWords("now", Setting::now)
            .maybeWords(
                    "in_a_run",
                    setting -> setting.control().obstacle().isEmpty()
                            ? setting.control().usual()
                            : Optional.empty())
            .words(
                    "about",
                    setting -> setting.control()
                            .obstacle()
                            .map(why -> "not to be had: " + why)
                            .orElse(setting.control().about()));

    @Parameters(index = "0", arity = "1", paramLabel = "DEVICE", description = "a name that 'melt devices' shows")
    private String name = "";

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) {
        session.openHome();
        Devices devices = Devices.installed(session.configs(), session.driverContext());
        devices.check(name);
        try (DeviceDriver driver = devices.open(name)) {
            driver.agent().install();
            print(session, driver);
        }
        return ExitCode.DONE;
    }

    private void print(Session session, DeviceDriver driver) {
        Device device = driver.device();
        TelemetryPlan plan = driver.telemetry();
        List<Fact> facts = device.facts().entrySet().stream()
                .map(fact -> new Fact(fact.getKey(), fact.getValue()))
                .toList();
        List<Reading> readings = readings(plan, driver.agent().observe(SPAN));
        List<Setting> settings = settings(driver);
        if (output.json()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("name", device.name());
            all.put("serial", device.serial());
            all.put("virtual", device.virtual());
            all.put("facts", device.facts());
            all.put("channels", CHANNELS.objects(readings));
            all.put("absent", ABSENT.objects(plan.absent()));
            all.put("settings", SETTINGS.objects(settings));
            JsonOut.print(session.out(), all);
            return;
        }
        session.out()
                .println(device.name() + " (" + (device.virtual() ? "virtual" : "real") + "), serial "
                        + device.serial());
        section(session, FACTS, facts);
        section(session, CHANNELS, readings);
        section(session, ABSENT, plan.absent());
        section(session, SETTINGS, settings);
    }

    private static <T> void section(Session session, Listing<T> listing, List<T> rows) {
        if (!rows.isEmpty()) {
            session.out().println();
            listing.print(session, rows, false, "");
        }
    }

    private static List<Reading> readings(TelemetryPlan plan, Observation observed) {
        return plan.probes().stream()
                .flatMap(probe -> probe.columns().stream())
                .map(Probe.Column::channel)
                .map(channel -> new Reading(
                        channel, Optional.ofNullable(observed.values().get(channel))))
                .toList();
    }

    private static List<Setting> settings(DeviceDriver driver) {
        List<Control> all = driver.controls().all();
        Map<String, Optional<String>> now =
                driver.controls().read(all.stream().map(Control::name).toList());
        return all.stream()
                .map(control -> new Setting(control, now.getOrDefault(control.name(), Optional.empty())))
                .toList();
    }
}
