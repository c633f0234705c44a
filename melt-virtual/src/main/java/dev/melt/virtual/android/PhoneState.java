package dev.melt.virtual.android;

/**
 * A phone at one moment.
 *
 * @param level state of charge, 0 to 1
 * @param milliampHours charge in the battery
 * @param amperes out of the battery; negative while it is charged
 * @param seconds since the body began
 * @param joules drawn since the body began
 * @param chip °C of the processors
 * @param skin °C
 * @param cell °C of the battery
 * @param thermalStatus 0 none to 6 shutdown
 * @param cap share of the highest frequency that is allowed
 * @param load busy share of all processors
 */
record PhoneState(
        double level,
        double milliampHours,
        boolean plugged,
        double amperes,
        double volts,
        double watts,
        double seconds,
        double joules,
        double chip,
        double skin,
        double cell,
        int thermalStatus,
        double cap,
        double load) {

    double degrees(PhoneProfile.Site site) {
        return switch (site) {
            case SOC -> chip;
            case SKIN -> skin;
            case BATTERY -> cell;
            case NONE -> 0;
        };
    }

    /** 2 charging, 3 discharging, 5 full, as Android counts. */
    int status() {
        if (!plugged) {
            return 3;
        }
        return level >= 1 ? 5 : 2;
    }

    String statusWord() {
        return switch (status()) {
            case 2 -> "Charging";
            case 5 -> "Full";
            default -> "Discharging";
        };
    }
}
