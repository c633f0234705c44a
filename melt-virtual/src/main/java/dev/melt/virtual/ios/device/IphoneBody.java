package dev.melt.virtual.ios.device;

import dev.melt.virtual.machine.Lagging;
import java.util.Random;

/**
 * What a phone's battery and its case do under load: a battery with an inner resistance, a case that warms. The same steps with the
 * same seed give the same numbers. One thread uses it.
 */
final class IphoneBody {
    private static final double ROOM = 24.0;
    private static final double CELL_SHARE = 0.75;
    private static final double CELL_SLOWER = 1.6;
    private static final double HYSTERESIS = 1.0;
    private static final double COULOMBS_PER_MILLIAMP_HOUR = 3.6;
    private static final double CHARGER_EFFICIENCY = 0.9;
    private static final double SCREEN = 0.5;
    private static final double[] CAPS = {1, 1, 0.75, 0.5};

    private final IphoneProfile profile;
    private final Random noise;
    private final Lagging skin = new Lagging(ROOM + 2);
    private final Lagging cell = new Lagging(ROOM + 1.5);
    private double coulombs;
    private double amperes;
    private double watts;
    private int thermalState;

    IphoneBody(IphoneProfile profile, long seed) {
        this.profile = profile;
        this.noise = new Random(seed);
        level(0.8);
    }

    /** Sets the state of charge, 0 to 1. */
    void level(double share) {
        coulombs = Math.max(0, Math.min(1, share)) * full();
    }

    /** Sets all temperatures, as after a while in the sun; °C. */
    void warm(double degrees) {
        skin.set(degrees);
        cell.set(degrees);
        thermalState = nextState();
    }

    /**
     * Lets time pass.
     *
     * @param processors that are busy
     * @param fed whether power comes in
     */
    void step(double seconds, double processors, boolean fed) {
        IphoneProfile.Heat heat = profile.heat();
        double busy = Math.max(0, Math.min(1, processors / profile.processors()));
        double chip = busy * heat.chipWatts() * CAPS[thermalState];
        watts = (heat.idleWatts() + SCREEN * heat.screenWatts() + chip) * (1 + 0.01 * noise.nextGaussian());
        double supplied = fed ? profile.battery().usbWatts() * CHARGER_EFFICIENCY : 0;
        amperes = (watts - supplied) / volts();
        if (amperes < 0 && coulombs >= full()) {
            amperes = 0;
        }
        coulombs = Math.max(0, Math.min(full(), coulombs - amperes * seconds));
        skin.towards(ROOM + watts * heat.kelvinPerWatt(), seconds, heat.seconds());
        cell.towards(ROOM + (skin.value() - ROOM) * CELL_SHARE, seconds, heat.seconds() * CELL_SLOWER);
        thermalState = nextState();
    }

    /** How things are now. */
    IphoneState state(boolean plugged, boolean fed) {
        return new IphoneState(
                coulombs / full(),
                coulombs / COULOMBS_PER_MILLIAMP_HOUR,
                plugged,
                fed,
                amperes,
                volts(),
                watts,
                skin.value(),
                cell.value(),
                thermalState);
    }

    private double full() {
        return profile.battery().fullMilliampHours() * COULOMBS_PER_MILLIAMP_HOUR;
    }

    /** Of the last current, so that no equation has to be solved. */
    private double volts() {
        double level = coulombs / full();
        return 3.45
                + 0.75 * level
                + 0.2 * Math.pow(level, 6)
                - amperes * profile.battery().resistanceOhms();
    }

    private int nextState() {
        int next = thermalState;
        while (next < profile.heat().severity().size()
                && skin.value() >= profile.heat().severity().get(next)) {
            next++;
        }
        while (next > 0 && skin.value() < profile.heat().severity().get(next - 1) - HYSTERESIS) {
            next--;
        }
        return next;
    }
}
