package dev.melt.ios.link;

import static java.util.Objects.requireNonNull;

import dev.melt.ios.mux.Lockdown;
import dev.melt.ios.mux.Usbmux;

/**
 * How one phone is reached. Immutable.
 *
 * @param name as a person calls the device
 */
public record PhoneLink(Usbmux usbmux, String udid, String name) {
    public PhoneLink {
        requireNonNull(usbmux, "usbmux");
        requireNonNull(udid, "udid");
        requireNonNull(name, "name");
    }

    /** Device and kind of link, for messages. */
    public String label() {
        return name + "/usbmux";
    }

    /**
     * A session with the phone; the caller closes it.
     *
     * @throws dev.melt.core.device.DeviceException when the link is broken, or the phone will not have it
     */
    public Lockdown lockdown() {
        return Refusals.asDeviceException(label(), () -> Lockdown.open(usbmux, udid, label()));
    }
}
