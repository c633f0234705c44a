package dev.melt.android.parse;

import java.util.Arrays;

/** Android's kinds of thermal sensors. Three of them are those of the battery's current limit and are no temperatures. */
public enum SensorType {
    UNKNOWN(-1),
    CPU(0),
    GPU(1),
    BATTERY(2),
    SKIN(3),
    USB_PORT(4),
    POWER_AMPLIFIER(5),
    BCL_VOLTAGE(6),
    BCL_CURRENT(7),
    BCL_PERCENTAGE(8),
    NPU(9),
    TPU(10),
    DISPLAY(11),
    MODEM(12),
    SOC(13);

    private final int code;

    SensorType(int code) {
        this.code = code;
    }

    static SensorType of(int code) {
        return Arrays.stream(values())
                .filter(type -> type.code == code)
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** Whether it measures degrees Celsius. */
    public boolean isTemperature() {
        return this != BCL_VOLTAGE && this != BCL_CURRENT && this != BCL_PERCENTAGE;
    }
}
