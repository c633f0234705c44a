package dev.melt.virtual.android;

/**
 * A phone at one moment.
 *
 * @param level state of charge, 0 to 1
 * @param milliampHours charge in the battery
 * @param charging what the cable does while it is plugged in
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
        Charging charging,
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

    /** What comes through the cable. */
    enum Charging {
        /** As usual. */
        NORMAL,
        /** The phone is fed, its battery is not. */
        IDLE,
        /** Nothing. */
        SUSPENDED
    }

    /** 2 charging, 3 discharging, 4 not charging, 5 full, as Android counts. */
    int status() {
        if (!plugged || charging == Charging.SUSPENDED) {
            return 3;
        }
        if (charging == Charging.IDLE) {
            return 4;
        }
        return level >= 1 ? 5 : 2;
    }

    String statusWord() {
        return switch (status()) {
            case 2 -> "Charging";
            case 4 -> "Not charging";
            case 5 -> "Full";
            default -> "Discharging";
        };
    }
}
