package dev.melt.core.device;

import java.util.List;

/** Discovers devices of one kind and opens them. Found with {@link java.util.ServiceLoader}. */
public interface DeviceDriverProvider {
    /** One word for the kind of link: {@code local}, {@code adb}, {@code ssh}, {@code usbmux}. */
    String name();

    /** What it is, in one line. */
    String describe();

    /** The devices that can be seen now; empty when there are none. Touches nothing on them. */
    List<Device> discover(DriverContext context);

    /**
     * Whether {@link #open} would understand this device name; a name may be claimed by one provider only.
     *
     * @param name as typed after {@code --device}
     */
    boolean claims(String name, DriverContext context);

    /** What devices of this kind need, one thing after the other, as far as it can be looked at; changes nothing on them. */
    default List<Check> examine(DriverContext context) {
        return List.of();
    }

    /** The engine that a run takes on such a device when nobody names one. */
    default String usualEngine() {
        return "embedded";
    }

    /**
     * Opens a device.
     *
     * @throws dev.melt.core.problem.InvalidInputException when it cannot be used and a person has to do something first
     * @throws DeviceException when the link is broken
     */
    DeviceDriver open(String name, DriverContext context);
}
