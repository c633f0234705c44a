package dev.melt.virtual.ios.device;

/**
 * A phone's body at one moment.
 *
 * @param level state of charge, 0 to 1
 * @param milliampHours charge in the battery
 * @param plugged whether a cable is in it
 * @param fed whether power comes through the cable
 * @param amperes out of the battery; negative while it is charged
 * @param watts drawn by the phone
 * @param skin °C
 * @param cell °C of the battery
 * @param thermalState 0 nominal to 3 critical
 */
public record IphoneState(
        double level,
        double milliampHours,
        boolean plugged,
        boolean fed,
        double amperes,
        double volts,
        double watts,
        double skin,
        double cell,
        int thermalState) {

    /** As iOS shows it. */
    public int percent() {
        return (int) Math.round(level * 100);
    }

    /** Whether the battery is full. */
    public boolean full() {
        return level >= 1;
    }

    /** What iOS calls charging: power comes in and the battery is not full, whichever way its current flows. */
    public boolean charging() {
        return fed && !full();
    }
}
