package dev.melt.core.store;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A device setting that is about to be changed.
 *
 * @param setting the device's own name for it, such as a sysfs path
 * @param oldValue to be put back; empty when it was not set, and shall be unset again
 */
public record SettingChange(
        String runId, String device, String deviceSerial, String setting, Optional<String> oldValue, String newValue) {
    public SettingChange {
        requireNonNull(runId, "runId");
        requireNonNull(device, "device");
        requireNonNull(deviceSerial, "deviceSerial");
        requireNonNull(setting, "setting");
        requireNonNull(oldValue, "oldValue");
        requireNonNull(newValue, "newValue");
    }
}
