package dev.melt.android.parse;

import java.util.Locale;

/** Android's word for what a battery does. It is what the charger was told, not what flows: a weak charger feeds part of a load. */
public enum BatteryStatus {
    UNKNOWN,
    CHARGING,
    DISCHARGING,
    NOT_CHARGING,
    FULL;

    /** Android counts from 1. */
    static BatteryStatus of(double number) {
        int index = (int) number - 1;
        return index >= 0 && index < values().length ? values()[index] : UNKNOWN;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
