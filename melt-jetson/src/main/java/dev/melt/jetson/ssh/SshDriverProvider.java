package dev.melt.jetson.ssh;

import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceDriverProvider;
import dev.melt.core.device.DeviceProfile;
import dev.melt.core.device.DriverContext;
import java.util.List;
import java.util.Optional;

/**
 * Offers hosts over SSH: {@code USER@HOST}, {@code ssh://HOST:PORT}, the hosts that {@code ~/.ssh/config} names, and the profiles in
 * {@code configs/devices} whose driver is {@code ssh}, which are reached under their own name or under their {@code host}.
 */
public final class SshDriverProvider implements DeviceDriverProvider {
    static final String NAME = "ssh";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        return "Jetson boards and other Linux machines over SSH, by your ~/.ssh/config";
    }

    @Override
    public List<Device> discover(DriverContext context) {
        return new RollCall(
                        new SshConfig(context.environment()), context.profiles().get())
                .devices();
    }

    @Override
    public boolean claims(String name, DriverContext context) {
        return Destination.isExplicit(name)
                || new SshConfig(context.environment()).aliases().contains(name);
    }

    @Override
    public DeviceDriver open(String name, DriverContext context) {
        Optional<DeviceProfile> profile = Optional.ofNullable(
                        context.profiles().get().get(name))
                .filter(p -> p.driver().equals(NAME));
        SshConfig config = new SshConfig(context.environment());
        Destination destination =
                Destination.parse(profile.flatMap(DeviceProfile::host).orElse(name));
        SshLink link = new SshLink(config.resolve(destination), new SshConnector(config, context.environment()));
        try {
            SshDeviceDriver driver = SshDeviceDriver.open(name, link, profile.flatMap(DeviceProfile::workdir));
            profile.flatMap(DeviceProfile::match).ifPresent(match -> new BoardMatch(match).require(driver.device()));
            return driver;
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }
}
