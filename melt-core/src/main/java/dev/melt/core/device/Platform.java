package dev.melt.core.device;

/** The kinds of device; each has its own driver and its own telemetry. */
public enum Platform {
    LINUX,
    MACOS,
    ANDROID,
    JETSON,
    IOS
}
