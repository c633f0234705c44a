package dev.melt.core.device;

import dev.melt.core.config.ConfigFiles;
import dev.melt.core.config.ConfigKind;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds devices by the names that people give them: in {@code configs/devices}, or known to a driver as they are. */
public final class Devices {
    private final ConfigFiles configs;
    private final List<DeviceDriverProvider> providers;
    private final DriverContext context;

    public Devices(ConfigFiles configs, List<DeviceDriverProvider> providers, DriverContext context) {
        this.configs = configs;
        this.providers = List.copyOf(providers);
        this.context = context;
    }

    /** With the drivers on the class path. */
    public static Devices installed(ConfigFiles configs, DriverContext context) {
        return new Devices(
                configs,
                ServiceLoader.load(DeviceDriverProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList(),
                context);
    }

    public List<DeviceDriverProvider> providers() {
        return providers;
    }

    /** What the configuration says of a device; empty when there is no file of that name. */
    public Optional<DeviceProfile> profile(String name) {
        return configs.has(ConfigKind.DEVICES, name)
                ? Optional.of(configs.load(ConfigKind.DEVICES, name, DeviceProfile.class))
                : Optional.empty();
    }

    /** All profiles by name; files that cannot be read are left out, for whoever uses one of them is told then. */
    public static SortedMap<String, DeviceProfile> profiles(ConfigFiles configs) {
        TreeMap<String, DeviceProfile> profiles = new TreeMap<>();
        for (String name : configs.names(ConfigKind.DEVICES)) {
            try {
                profiles.put(name, configs.load(ConfigKind.DEVICES, name, DeviceProfile.class));
            } catch (InvalidInputException unreadable) {
                profiles.remove(name);
            }
        }
        return profiles;
    }

    /** Refuses a name that means nothing, before anything is opened. */
    public void check(String name) {
        providerOf(name);
    }

    /** The engine that a run takes on a device when nobody names one. */
    public String usualEngine(String name) {
        return providerOf(name).usualEngine();
    }

    /**
     * Opens a device.
     *
     * @throws InvalidInputException for a name that means nothing, with the nearest ones
     */
    public DeviceDriver open(String name) {
        return providerOf(name).open(name, context);
    }

    /** Facts from the data sheet, as {@code configs/devices} has them. */
    public Map<String, String> profileFacts(String name) {
        Map<String, String> facts = new TreeMap<>();
        profile(name).flatMap(DeviceProfile::peak).ifPresent(peak -> {
            peak.memoryBytesPerSecond().ifPresent(v -> facts.put("peak_memory_bytes_per_second", plain(v)));
            peak.operationsPerSecond().ifPresent(v -> facts.put("peak_operations_per_second", plain(v)));
        });
        return facts;
    }

    private static String plain(double value) {
        return new BigDecimal(value).toPlainString();
    }

    private DeviceDriverProvider providerOf(String name) {
        Optional<String> driver = profile(name).map(DeviceProfile::driver);
        return providers.stream()
                .filter(p -> driver.isPresent() ? p.name().equals(driver.get()) : p.claims(name, context))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private InvalidInputException unknown(String name) {
        List<String> near = Nearest.of(name, configs.names(ConfigKind.DEVICES));
        return new InvalidInputException(
                "device '" + name + "'",
                "a known device expected",
                "no configuration and no driver knows it",
                near.isEmpty()
                        ? "'melt devices' shows what can be seen"
                        : "did you mean " + String.join(" or ", near) + "?");
    }
}
