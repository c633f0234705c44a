package dev.melt.core.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Why an NVIDIA GPU does not run faster: the bits of {@code clocks_event_reasons.active}, lowest first. */
public enum ThrottleReason {
    /** Nothing to do. */
    GPU_IDLE(0x1, false),
    /** Somebody set the clocks. */
    APPLICATIONS_CLOCKS_SETTING(0x2, false),
    /** The power limit. */
    SW_POWER_CAP(0x4, true),
    /** Heat, power brake or supply, by the hardware: half the clock or less. */
    HW_SLOWDOWN(0x8, true),
    /** Waits for another GPU of its group. */
    SYNC_BOOST(0x10, false),
    /** Heat, by the driver. */
    SW_THERMAL_SLOWDOWN(0x20, true),
    /** Heat, by the hardware. */
    HW_THERMAL_SLOWDOWN(0x40, true),
    /** The power supply asked for it. */
    HW_POWER_BRAKE_SLOWDOWN(0x80, true),
    /** A display needs these clocks. */
    DISPLAY_CLOCK_SETTING(0x100, false);

    private final long bit;
    private final boolean throttling;

    ThrottleReason(long bit, boolean throttling) {
        this.bit = bit;
        this.throttling = throttling;
    }

    /** Whether heat or power takes speed away; the others say that nothing more was asked for. */
    public boolean isThrottling() {
        return throttling;
    }

    /** As the columns of nvidia-smi call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Those whose bit is set. Bits that have no name here are passed over. */
    public static List<ThrottleReason> of(long mask) {
        List<ThrottleReason> reasons = new ArrayList<>();
        for (ThrottleReason reason : values()) {
            if ((mask & reason.bit) != 0) {
                reasons.add(reason);
            }
        }
        return reasons;
    }
}
