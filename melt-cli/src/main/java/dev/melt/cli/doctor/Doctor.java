package dev.melt.cli.doctor;

import dev.melt.cli.text.Bytes;
import dev.melt.core.device.Check;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceDriverProvider;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DriverContext;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.TelemetryPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks at this host from MELT's side. Changes nothing. Used once, by one thread. */
public final class Doctor {
    /** The smallest model with its worker; below it not even {@code tiny} runs. */
    private static final long SMALLEST_MEMORY = 512L << 20;

    /** A 7B model at four bits, with some context. */
    private static final long USUAL_MEMORY = 6L << 30;

    private static final long SMALLEST_DISK = 256L << 20;
    private static final long USUAL_DISK = 8L << 30;

    private final HostFacts host;
    private final DriverContext context;
    private final List<DeviceDriverProvider> drivers;

    public Doctor(DriverContext context, List<DeviceDriverProvider> drivers) {
        this(new HostFacts(Path.of("/"), context.environment()), context, drivers);
    }

    Doctor(HostFacts host, DriverContext context, List<DeviceDriverProvider> drivers) {
        this.host = host;
        this.context = context;
        this.drivers = List.copyOf(drivers);
    }

    /** Everything that was looked at, in the order in which a person would ask. */
    public List<Check> examine() {
        List<Check> findings = new ArrayList<>();
        findings.add(java());
        findings.add(memory());
        findings.add(home());
        drivers.forEach(driver -> findings.add(Check.good("driver " + driver.name(), driver.describe())));
        for (HostTool tool : HostTool.values()) {
            findings.add(tool(tool));
        }
        drivers.stream()
                .filter(driver -> driver.claims("local", context))
                .findFirst()
                .ifPresent(driver -> findings.addAll(telemetry(driver)));
        return findings;
    }

    private static Check java() {
        return Check.good(
                "java",
                System.getProperty("java.vendor") + " " + Runtime.version() + ", " + System.getProperty("os.arch")
                        + ", " + Runtime.getRuntime().availableProcessors() + " processors");
    }

    private Check memory() {
        OptionalLong available = host.availableMemoryBytes();
        if (available.isEmpty()) {
            return Check.limited("memory", "this system does not say", "check that the model fits before a run");
        }
        return amount(
                "memory",
                available.getAsLong(),
                SMALLEST_MEMORY,
                USUAL_MEMORY,
                "close other programs, or choose a smaller model or quantisation");
    }

    private Check home() {
        Path home = context.home();
        if (!HostFacts.writable(home)) {
            return Check.blocking("home", home + " cannot be written", "give another place with --home or MELT_HOME");
        }
        try {
            return amount(
                    "home " + home,
                    HostFacts.freeBytes(home),
                    SMALLEST_DISK,
                    USUAL_DISK,
                    "free space, or give another place with --home or MELT_HOME");
        } catch (IOException e) {
            return Check.limited("home " + home, "free space unknown, " + e.getMessage(), "check it by hand");
        }
    }

    private static Check amount(String subject, long free, long smallest, long usual, String remedy) {
        String found = Bytes.text(free) + " free";
        if (free < smallest) {
            return Check.blocking(subject, found + ", at least " + Bytes.text(smallest) + " needed", remedy);
        }
        return free < usual
                ? Check.limited(subject, found + ", a 7B model at four bits needs " + Bytes.text(usual), remedy)
                : Check.good(subject, found);
    }

    private Check tool(HostTool tool) {
        String subject = "tool " + tool.command();
        String purpose = tool.purpose() + driverNote(tool);
        Optional<Path> program = host.program(tool.command());
        if (program.isPresent()) {
            return Check.good(subject, program.get() + " (" + purpose + ")");
        }
        String remedy = "apt-get install " + tool.debianPackage();
        return tool.essential()
                ? Check.blocking(subject, "not found; " + purpose, remedy)
                : Check.limited(subject, "not found; " + purpose, remedy);
    }

    private String driverNote(HostTool tool) {
        boolean served = tool.driver().isEmpty()
                || drivers.stream()
                        .anyMatch(driver -> driver.name().equals(tool.driver().orElseThrow()));
        return served ? "" : "; this MELT has no driver for them yet";
    }

    private List<Check> telemetry(DeviceDriverProvider provider) {
        try (DeviceDriver driver = provider.open("local", context)) {
            return telemetry(driver.telemetry());
        } catch (InvalidInputException | DeviceException e) {
            return List.of(Check.blocking(
                    "device local", String.valueOf(e.getMessage()), "put that right, then run melt doctor again"));
        }
    }

    private static List<Check> telemetry(TelemetryPlan plan) {
        Map<String, List<Channel>> byQuantity = plan.probes().stream()
                .flatMap(probe -> probe.columns().stream())
                .map(Probe.Column::channel)
                .collect(Collectors.groupingBy(Channel::quantity, TreeMap::new, Collectors.toList()));
        List<Check> findings = new ArrayList<>();
        byQuantity.forEach((quantity, channels) -> findings.add(Check.good("measures " + quantity, sites(channels))));
        plan.absent()
                .forEach(absent -> findings.add(new Check(
                        Check.State.LIMITED, "measures " + absent.quantity(), absent.reason(), Optional.empty())));
        return findings;
    }

    private static String sites(List<Channel> channels) {
        String sources = channels.stream().map(Channel::source).distinct().collect(Collectors.joining(", "));
        String names = channels.stream().map(Channel::site).limit(4).collect(Collectors.joining(", "));
        return names + (channels.size() > 4 ? " and " + (channels.size() - 4) + " more" : "") + " from " + sources;
    }
}
