package dev.melt.cli.command.run;

import dev.melt.core.device.Control;
import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceProfile;
import dev.melt.core.prepare.Preparation;
import dev.melt.core.prepare.UsbPower;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.run.Protocol;
import dev.melt.core.run.RunRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The devices of a run, and what is done to them for it, as options of a command. */
final class DeviceOptions {
    @Option(
            names = "--device",
            split = ",",
            paramLabel = "NAME",
            description = "a name that 'melt devices' shows; of several, each has a lane of its own, side by side")
    private List<String> devices = new ArrayList<>();

    @Option(
            names = "--prepare",
            paramLabel = "SETTINGS",
            description =
                    "device settings during the run, such as screen_brightness=64,governor=performance; KEY=keep leaves"
                            + " one as it is, none all; all are put back. 'melt device show NAME' lists them")
    private List<String> prepare = new ArrayList<>();

    @Option(
            names = "--allow-restart",
            description = "restart the device for a setting that takes that, such as a power mode, and to put it back")
    private boolean restart;

    @Option(
            names = "--usb-off",
            paramLabel = "CMD",
            description = "command of this host that cuts the device's USB power while an engine works")
    private @Nullable String usbOff;

    @Option(
            names = "--usb-on",
            paramLabel = "CMD",
            description = "command that gives it back; MELT_SERIAL is set for both")
    private @Nullable String usbOn;

    @Option(
            names = "--link-timeout",
            paramLabel = "TIME",
            description = "how long a device may be away before it is given up (default: 10m)")
    private String linkTimeout = "10m";

    /**
     * The devices by name, in the order given.
     *
     * @param usual where none was typed
     * @throws InvalidInputException for one that is given twice, and where there is none
     */
    List<String> names(List<String> usual) {
        if (devices.isEmpty()) {
            devices = usual;
        }
        if (devices.isEmpty()) {
            throw new InvalidInputException(
                    "--device", "a device needed", "none was given", "'melt devices' shows what can be seen");
        }
        if (devices.stream().distinct().count() < devices.size()) {
            throw new InvalidInputException(
                    "--device " + String.join(",", devices),
                    "each device once expected",
                    "one is there twice",
                    "give more trials with --trials");
        }
        return devices;
    }

    /** Whether power over USB is to be cut. */
    boolean cutsPower() {
        return usbOff != null || usbOn != null;
    }

    /** A protocol with what is said here of link and power. Cutting power needs one trial before that tells how long a trial takes. */
    Protocol complete(Protocol protocol) {
        Optional<UsbPower> power = !cutsPower()
                ? Optional.empty()
                : Optional.of(new UsbPower(usbOff == null ? "" : usbOff, usbOn == null ? "" : usbOn));
        Duration patience = Durations.parse("--link-timeout", linkTimeout);
        return protocol.onLink(patience, power, restart);
    }

    /**
     * Opens a request's device for a moment, to see what it is and what it lets MELT set.
     *
     * @return the request with the settings that it will have there
     * @throws InvalidInputException when it cannot be used, or does not take a setting
     */
    Target open(Workbench bench, RunRequest request, Sweep sweep) {
        String name = request.device();
        Preparation preparation = bench.devices()
                .profile(name)
                .flatMap(DeviceProfile::prepare)
                .map(Preparation::of)
                .orElse(Preparation.USUAL)
                .with(prepare);
        try (DeviceDriver driver = bench.devices().open(name)) {
            List<Control> controls = driver.controls().all();
            Protocol protocol = request.protocol().prepared(preparation.resolve(name, controls));
            RunRequest varied = request.with(protocol).varied(sweep.resolve(name, preparation, controls));
            return new Target(varied, driver.device());
        }
    }

    /** A device and what is to be run on it. */
    record Target(RunRequest request, Device device) {}
}
