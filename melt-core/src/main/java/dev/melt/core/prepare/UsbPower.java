package dev.melt.core.prepare;

import dev.melt.core.problem.InvalidInputException;

/**
 * How a device's power over USB is cut and given back: command lines for this host's shell, such as
 * {@code uhubctl -l 1-1 -p 2 -a off}. They find the device's name and serial in {@code MELT_DEVICE} and {@code MELT_SERIAL}.
 */
public record UsbPower(String off, String on) {
    public UsbPower {
        if (off.isBlank() || on.isBlank()) {
            throw new InvalidInputException(
                    "--usb-off and --usb-on",
                    "a command for each expected",
                    (off.isBlank() ? "--usb-off" : "--usb-on") + " is missing or empty",
                    "give both: what was cut has to be given back");
        }
    }
}
