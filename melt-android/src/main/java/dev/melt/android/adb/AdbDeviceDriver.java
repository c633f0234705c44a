package dev.melt.android.adb;

import static dev.melt.core.agent.ShellQuoting.quote;

import dev.melt.android.control.ControlList;
import dev.melt.android.control.ControlSite;
import dev.melt.core.agent.ShellAgent;
import dev.melt.core.device.Agent;
import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceControls;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.ExecResult;
import dev.melt.core.device.Platform;
import dev.melt.core.device.PortForward;
import dev.melt.core.device.TransferListener;
import dev.melt.core.file.Sha256;
import dev.melt.core.remote.Commands;
import dev.melt.core.remote.PortRelay;
import dev.melt.core.remote.Reports;
import dev.melt.core.remote.Restarting;
import dev.melt.core.remote.ShellControls;
import dev.melt.core.remote.ShellPush;
import dev.melt.core.sysfs.EnergyProbes;
import dev.melt.core.sysfs.HeatProbes;
import dev.melt.core.sysfs.KernelFiles;
import dev.melt.core.sysfs.LoadProbes;
import dev.melt.core.sysfs.ProbeList;
import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.TelemetryPlan;
import dev.melt.core.telemetry.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * An Android device over adb. Holds nothing open between calls, so that it works on after the cable, the adb server or the device were
 * away: what it learnt of the device is learnt anew then. Everything that MELT writes there lies below {@link #WORKDIR}.
 */
public final class AdbDeviceDriver implements DeviceDriver {
    /** Where programs may be run by the user of the shell. */
    public static final String WORKDIR = "/data/local/tmp/melt";

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final long USUAL_PAGE_BYTES = 4096;

    private static final Restarting RESTARTING =
            new Restarting("svc power reboot || reboot", "getprop sys.boot_completed");

    /** By kind of {@code melt parse}. Statistics are read with -c: --checkin consumes them, --reset destroys what is the user's. */
    private static final Map<String, List<String>> REPORTS = Map.of(
            "batterystats", List.of("dumpsys", "batterystats", "-c"),
            "dumpsys-battery", List.of("dumpsys", "battery"),
            "getprop", List.of("getprop"),
            "thermalservice", List.of("dumpsys", "thermalservice"));

    private final AdbLink link;
    private final AdbShell shell;
    private final Device device;
    private final ShellControls controls;
    private Optional<AndroidLook> seen;

    private AdbDeviceDriver(AdbLink link, AdbShell shell, AndroidLook look, Device device) {
        this.link = link;
        this.shell = shell;
        this.seen = Optional.of(look);
        this.device = device;
        Commands commands =
                (script, deadline) -> learningAnewAfterFailure(() -> shell.run("sh -c " + quote(script), deadline));
        this.controls =
                new ShellControls(commands, () -> ControlList.of(controlSite(), commands), Optional.of(RESTARTING));
    }

    /**
     * Opens a device that the adb server shows as ready, and looks around on it.
     *
     * @param name as a person calls it
     */
    static AdbDeviceDriver open(String name, AdbLink link, Map<String, String> listed) {
        AdbShell shell = AdbShell.of(link);
        AndroidLook look = look(link, shell);
        TreeMap<String, String> facts = new TreeMap<>(listed);
        facts.putAll(new AndroidFacts(look).find());
        facts.put("link", AdbDevice.medium(link.serial()));
        facts.put("adb_shell", shell.feeding().isPresent() ? "v2" : "legacy");
        boolean virtual = new DeviceIdentity(look.properties()).isVirtual(link.serial());
        return new AdbDeviceDriver(
                link, shell, look, new Device(name, Platform.ANDROID, link.serial(), virtual, facts));
    }

    /** As it was seen last; seen anew after the link broke. */
    private AndroidLook look() {
        AndroidLook look = seen.orElseGet(() -> look(link, shell));
        seen = Optional.of(look);
        return look;
    }

    private static AndroidLook look(AdbLink link, AdbShell shell) {
        String script = lookScript();
        String path = WORKDIR + "/agent/look-" + Sha256.of(script).substring(0, 16) + ".sh";
        String run = "sh " + quote(path);
        ExecResult answer = shell.run("[ -f " + quote(path) + " ] && " + run, ANSWER);
        if (!answer.succeeded()) {
            pushText(AdbPush.over(link, shell), script, path);
            answer = shell.run(run, ANSWER);
        }
        if (!answer.succeeded()) {
            throw new ProtocolViolation(
                    "[" + link.serial() + "/adb] looking around: exit " + answer.exitCode() + ": "
                            + answer.stderr().strip(),
                    null);
        }
        return AndroidLook.parse(answer.stdout());
    }

    private static String lookScript() {
        try (InputStream resource = AdbDeviceDriver.class.getResourceAsStream("look.sh")) {
            if (resource == null) {
                throw new IllegalStateException("look.sh is missing from the program");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pushText(ShellPush push, String text, String target) {
        try {
            Path local = Files.createTempFile("melt", ".push");
            try {
                Files.writeString(local, text);
                push.push(local, target, TransferListener.NONE);
            } finally {
                Files.deleteIfExists(local);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public ExecResult exec(List<String> command, Duration deadline) {
        return learningAnewAfterFailure(() -> shell.run(quote(command), deadline));
    }

    @Override
    public void push(Path source, String target, TransferListener listener) {
        requireAbsolute(target);
        learningAnewAfterFailure(() -> {
            AdbPush.over(link, shell).push(source, target, listener);
            return true;
        });
    }

    @Override
    public void pull(String source, Path target, TransferListener listener) {
        requireAbsolute(source);
        learningAnewAfterFailure(() -> {
            new AdbPull(link).pull(source, target, listener);
            return true;
        });
    }

    @Override
    public PortForward forward(int devicePort) {
        return PortRelay.open(devicePort, () -> link.open("tcp:" + devicePort));
    }

    @Override
    public TelemetryPlan telemetry() {
        AndroidLook look = look();
        ProbeList found = new ProbeList(look);
        new GaugeProbes(look).find(found);
        new EnergyProbes(look).sensors(found);
        HeatProbes heat = new HeatProbes(look);
        heat.sensors(found);
        new ThermalServiceProbes(look).find(found);
        heat.reason(found);
        new LoadProbes(look, pageBytes(look)).find(found);
        new GpuProbes(look).find(found);
        new RailProbes(look).find(found);
        memory(look, found);
        return found.plan();
    }

    /** What Android says of the engine's memory, the graphics driver's part with it; a process stops for a moment to tell it. */
    private static void memory(AndroidLook look, ProbeList found) {
        if (look.command("battery").isPresent()) { // there is a dumpsys
            found.disturbing(
                    "dumpsys-meminfo:graphics,pss",
                    List.of(
                            new Probe.Column(
                                    found.channel("memory", "engine-graphics", Unit.BYTE, "meminfo"), new Scale(1024)),
                            new Probe.Column(
                                    found.channel("memory", "engine-meminfo-pss", Unit.BYTE, "meminfo"),
                                    new Scale(1024))));
        }
    }

    @Override
    public Map<String, String> reports() {
        return Reports.of(this, REPORTS);
    }

    @Override
    public Agent agent() {
        return new ShellAgent(this, WORKDIR);
    }

    @Override
    public DeviceControls controls() {
        return controls;
    }

    private ControlSite controlSite() {
        AndroidLook look = look();
        String sdk = look.properties().first("ro.build.version.sdk").orElse("");
        return new ControlSite(
                sdk.matches("[0-9]{1,4}") ? Integer.parseInt(sdk) : 0,
                look.list("/sys/devices/system/cpu/cpufreq", "policy[0-9]+").stream()
                        .map(policy -> KernelFiles.name(policy).replace("policy", "cpu"))
                        .toList(),
                AdbDevice.medium(link.serial()).equals("network"));
    }

    @Override
    public void close() {
        // nothing is held open
    }

    /** A device that was away may have restarted: sensors get other numbers then. */
    private <T> T learningAnewAfterFailure(Supplier<T> call) {
        try {
            return call.get();
        } catch (DeviceException e) {
            seen = Optional.empty();
            throw e;
        }
    }

    private static long pageBytes(AndroidLook look) {
        String said = look.command("page").orElse("").strip();
        return said.matches("[0-9]{1,9}") ? Long.parseLong(said) : USUAL_PAGE_BYTES;
    }

    private void requireAbsolute(String path) {
        if (!path.startsWith("/")) {
            throw new ProtocolViolation(
                    "[" + link.serial() + "/adb] a path on the device must be absolute, was " + path, null);
        }
    }
}
