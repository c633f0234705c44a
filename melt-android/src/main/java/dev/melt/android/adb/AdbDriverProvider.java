package dev.melt.android.adb;

import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceDriverProvider;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DriverContext;
import dev.melt.core.device.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Offers what the host's adb server sees: by serial, by address, and by the names in {@code configs/devices}. Starts the server where
 * there is none; one that runs is never ended, whatever its version.
 */
public final class AdbDriverProvider implements DeviceDriverProvider {
    static final String NAME = "adb";

    private static final String SILENT = "silent";
    private static final String SILENT_REMEDY = "adb shows it as ready but it did not answer within "
            + RollCall.PATIENCE.toSeconds() + " s: plug it in again or restart it";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        return "Android devices over USB, a network or an emulator, through the adb server";
    }

    /**
     * Devices that cannot be used are among them, with what to do under {@code remedy}. Those that are ready are asked who they are,
     * all at once; one that does not answer keeps its place.
     */
    @Override
    public List<Device> discover(DriverContext context) {
        AdbServer server = server(context);
        if (!server.isRunning()
                && (server.program().isEmpty() || !server.address().isThisHost())) {
            return List.of();
        }
        server.ensureRunning();
        Attached attached = attached(server, context);
        attached.who().askAll(attached.devices());
        return attached.devices().stream().map(device -> seen(device, attached)).toList();
    }

    private static Device seen(AdbDevice device, Attached attached) {
        Optional<DeviceIdentity> who = attached.who().of(device);
        Map<String, String> facts = facts(device);
        who.ifPresent(identity -> facts.putAll(identity.facts()));
        if (device.isReady() && who.isEmpty()) {
            facts.put("state", SILENT);
            facts.put("remedy", SILENT_REMEDY);
        }
        return new Device(
                attached.profileOf(device).orElse(device.serial()),
                Platform.ANDROID,
                device.serial(),
                who.map(identity -> identity.isVirtual(device.serial()))
                        .orElseGet(() -> DeviceIdentity.isEmulator(device.serial())),
                facts);
    }

    @Override
    public boolean claims(String name, DriverContext context) {
        AdbServer server = server(context);
        try {
            return AdbDevice.isAddress(name)
                    || (server.isRunning() && attached(server, context).knowsSerial(name));
        } catch (DeviceException noServer) {
            return false;
        }
    }

    @Override
    public DeviceDriver open(String name, DriverContext context) {
        AdbServer server = server(context);
        server.ensureRunning();
        if (AdbDevice.isAddress(name)) {
            server.recall(name);
        }
        AdbDevice device = attached(server, context).named(name);
        Map<String, String> facts = facts(device);
        facts.remove("remedy");
        facts.remove("state");
        facts.remove("transport_id"); // another one after every reconnection
        facts.put("adb_server", "1.0." + server.version());
        return AdbDeviceDriver.open(name, new DadbLink(server, device.serial()), facts);
    }

    private static AdbServer server(DriverContext context) {
        return new AdbServer(AdbAddress.of(context.environment()), AdbProgram.find(context.environment()));
    }

    private static Attached attached(AdbServer server, DriverContext context) {
        return new Attached(
                server.devices(), new RollCall(server), context.profiles().get());
    }

    private static Map<String, String> facts(AdbDevice device) {
        TreeMap<String, String> facts = new TreeMap<>(device.tail());
        facts.put("state", device.state().word());
        if (!device.isReady()) {
            facts.put("remedy", device.state().remedy());
        }
        return facts;
    }
}
