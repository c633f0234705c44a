package dev.melt.ios.device;

import dev.melt.core.device.Agent;
import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.DriverContext;
import dev.melt.core.device.ExecResult;
import dev.melt.core.device.Platform;
import dev.melt.core.device.PortForward;
import dev.melt.core.device.TransferListener;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.remote.PortRelay;
import dev.melt.core.telemetry.TelemetryPlan;
import dev.melt.ios.agent.AppAgent;
import dev.melt.ios.agent.Battery;
import dev.melt.ios.agent.HostSide;
import dev.melt.ios.launch.AgentApp;
import dev.melt.ios.launch.Launcher;
import dev.melt.ios.launch.Launchers;
import dev.melt.ios.link.PhoneFiles;
import dev.melt.ios.link.PhoneLink;
import dev.melt.ios.link.PhonePull;
import dev.melt.ios.link.PhonePush;
import dev.melt.ios.parse.BatteryRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An iPhone or iPad behind usbmuxd. Everything that MELT writes there lies in the {@code Documents} of its app; paths on the phone begin so.
 */
public final class UsbmuxDeviceDriver implements DeviceDriver {
    private static final String DOCUMENTS = "/Documents/";
    private static final double COULOMBS = 3.6;

    /** Numbers by which a part can be told from its twins; nobody needs them to judge a figure. */
    private static final Pattern SERIALS = Pattern.compile("(<key>[A-Za-z]*Serial[A-Za-z]*</key>\\s*<string>)[^<]*");

    private final PhoneLink link;
    private final PhoneFiles files;
    private final Battery battery;
    private final AppAgent agent;
    private final Device device;
    private TelemetryPlan plan;

    private UsbmuxDeviceDriver(
            PhoneLink link,
            AgentApp app,
            Launcher launcher,
            Battery battery,
            Device device,
            DriverContext context,
            Phones phones) {
        this.link = link;
        this.files = new PhoneFiles(link, app.bundle());
        this.battery = battery;
        this.device = device;
        this.plan = new PhoneTelemetry(battery.read().map(Battery.Reading::registry)).plan();
        HostSide host = new HostSide(
                context.home().resolve("ios").resolve(link.udid()),
                link,
                phones.tool(),
                battery,
                () -> plan,
                HostSide.Options.of(context.environment()));
        this.agent = AppAgent.over(files, app, launcher, host);
    }

    /** Of a phone on which nothing stands in the way. */
    static UsbmuxDeviceDriver open(String name, Phone phone, Phones phones, DriverContext context) {
        PhoneLink link = new PhoneLink(phones.usbmux(), phone.attached().udid(), name);
        MeltApp app = phone.hindrances().app().orElseThrow();
        Launcher launcher = Launchers.choose(phone.ios(), link, phones.tool())
                .orElseThrow(() -> new InvalidInputException(
                        "[" + link.label() + "] launch",
                        "a way to start an app expected",
                        Hindrances.NO_TUNNEL.found(),
                        Hindrances.NO_TUNNEL.remedy().orElse("")));
        Battery battery = new Battery(phones.tool(), link.udid());
        TreeMap<String, String> facts = new TreeMap<>(phone.facts());
        facts.putAll(app.facts());
        facts.put("launcher", launcher.name());
        battery.read().map(Battery.Reading::registry).ifPresent(registry -> battery(registry, facts));
        Device device = new Device(name, Platform.IOS, link.udid(), phone.isVirtual(), facts);
        return new UsbmuxDeviceDriver(link, app.agent(), launcher, battery, device, context, phones);
    }

    private static void battery(BatteryRegistry registry, Map<String, String> facts) {
        put(facts, "battery_capacity_mah", registry.designCoulombs());
        put(facts, "battery_full_mah", registry.fullCoulombs());
        registry.cycles().ifPresent(cycles -> facts.put("battery_cycles", Integer.toString(cycles)));
    }

    private static void put(Map<String, String> facts, String key, OptionalDouble coulombs) {
        coulombs.ifPresent(charge -> facts.put(key, Long.toString(Math.round(charge / COULOMBS))));
    }

    @Override
    public Device device() {
        return device;
    }

    /** An iPhone has no shell. */
    @Override
    public ExecResult exec(List<String> command, Duration deadline) {
        throw new ProtocolViolation(
                "[" + link.label() + "] an iPhone runs no commands, was asked for " + command.get(0), null);
    }

    @Override
    public void push(Path source, String target, TransferListener listener) {
        new PhonePush(files).push(source, within(target), listener);
    }

    @Override
    public void pull(String source, Path target, TransferListener listener) {
        new PhonePull(files).pull(within(source), target, listener);
    }

    private String within(String path) {
        if (!path.startsWith(DOCUMENTS) || List.of(path.split("/", -1)).contains("..")) {
            throw new ProtocolViolation("[" + link.label() + "] a path below /Documents expected, was " + path, null);
        }
        return path;
    }

    @Override
    public PortForward forward(int devicePort) {
        return PortRelay.open(devicePort, () -> PhonePort.open(link, devicePort));
    }

    @Override
    public TelemetryPlan telemetry() {
        Optional<Battery.Reading> reading = battery.read();
        if (reading.isPresent()) { // what a phone that is away just now has, it still has
            plan = new PhoneTelemetry(reading.map(Battery.Reading::registry)).plan();
        }
        return plan;
    }

    @Override
    public Agent agent() {
        return agent;
    }

    @Override
    public Map<String, String> reports() {
        return battery.read()
                .map(reading ->
                        Map.of(reading.kind(), SERIALS.matcher(reading.entry()).replaceAll("$1redacted")))
                .orElse(Map.of());
    }

    @Override
    public void close() {
        agent.close();
    }
}
