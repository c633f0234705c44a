package dev.melt.virtual.android;

import dev.melt.virtual.machine.Lagging;
import java.util.Random;

/**
 * What a phone's battery and temperatures do under load: a battery with an inner resistance, and a chip, a skin and a battery that
 * warm one another. The same steps with the same seed give the same numbers. One thread uses it.
 *
 * <p>Power is idle + screen + load × the chip's; the skin follows it with its time constant towards room + watts × K/W, the chip
 * sits above the skin, the battery lags behind it. From the skin's temperature come the thermal status and, from status 2 on, a cap
 * on the clocks, which in turn lowers the power.
 */
final class PhoneBody {
    private static final double ROOM = 24.0;
    private static final double CHIP_SECONDS = 3;
    private static final double BATTERY_SHARE = 0.75;
    private static final double BATTERY_SLOWER = 1.6;
    private static final double HYSTERESIS = 1.0;
    private static final double CAP_PER_STATUS = 0.15;
    private static final double LOWEST_CAP = 0.35;
    private static final double COULOMBS_PER_MILLIAMP_HOUR = 3.6;
    private static final double CHARGER_EFFICIENCY = 0.9;

    private final PhoneProfile profile;
    private final Random noise;
    private double coulombs;
    private final Lagging skin = new Lagging(ROOM + 2);
    private final Lagging chip = new Lagging(ROOM + 4);
    private final Lagging cell = new Lagging(ROOM + 1.5);
    private int status;
    private boolean plugged = true;
    private PhoneState.Charging charging = PhoneState.Charging.NORMAL;
    private double clocks = 1;
    private double watts;
    private double age;
    private double joules;
    private double amperes;

    PhoneBody(PhoneProfile profile, long seed) {
        this.profile = profile;
        this.noise = new Random(seed);
        level(0.8);
    }

    /** Sets the state of charge, 0 to 1. */
    void level(double share) {
        coulombs = Math.max(0, Math.min(1, share)) * full();
    }

    void plug(boolean on) {
        plugged = on;
    }

    /** What the cable does while it is plugged in. */
    void charging(PhoneState.Charging how) {
        charging = how;
    }

    /** Share of their highest frequency that the processors are allowed by whoever set their clocks, 0 to 1. */
    void clocks(double share) {
        clocks = share;
    }

    /** Sets all temperatures, as after a while in an oven or in the sun; °C. */
    void warm(double degrees) {
        skin.set(degrees);
        chip.set(degrees);
        cell.set(degrees);
    }

    /**
     * Lets time pass.
     *
     * @param load share of all processors that is busy, 0 to 1
     * @param screen brightness of the screen, 0 when it is off, to 1
     */
    void step(double seconds, double load, double screen) {
        double clock = Math.min(cap(), clocks);
        double chipWatts = Math.max(0, Math.min(1, load)) * profile.power().chipWatts() * clock * clock;
        watts = (profile.power().idleWatts() + screen * profile.power().screenWatts() + chipWatts)
                * (1 + 0.01 * noise.nextGaussian());
        age += seconds;
        joules += watts * seconds;
        boolean fed = plugged && charging != PhoneState.Charging.SUSPENDED;
        double supplied = fed ? profile.battery().usbWatts() * CHARGER_EFFICIENCY : 0;
        amperes = (watts - supplied) / volts();
        if (amperes < 0 && (coulombs >= full() || charging == PhoneState.Charging.IDLE)) {
            amperes = 0;
        }
        coulombs = Math.max(0, Math.min(full(), coulombs - amperes * seconds));
        double skinSeconds = profile.power().skinSeconds();
        skin.towards(ROOM + watts * profile.power().skinKelvinPerWatt(), seconds, skinSeconds);
        chip.towards(skin.value() + chipWatts * profile.power().socKelvinPerWatt(), seconds, CHIP_SECONDS);
        cell.towards(ROOM + (skin.value() - ROOM) * BATTERY_SHARE, seconds, skinSeconds * BATTERY_SLOWER);
        status = nextStatus();
    }

    /** The present state. */
    PhoneState state(double load) {
        return new PhoneState(
                level(),
                coulombs / COULOMBS_PER_MILLIAMP_HOUR,
                plugged,
                charging,
                amperes,
                volts(),
                watts,
                age,
                joules,
                chip.value(),
                skin.value(),
                cell.value(),
                status,
                cap(),
                load);
    }

    private double level() {
        return coulombs / full();
    }

    private double full() {
        return profile.battery().fullMilliampHours() * COULOMBS_PER_MILLIAMP_HOUR;
    }

    /** Of the last current, so that no equation has to be solved. */
    private double volts() {
        double level = level();
        return 3.45
                + 0.75 * level
                + 0.2 * Math.pow(level, 6)
                - amperes * profile.battery().resistanceOhms();
    }

    private int nextStatus() {
        int next = status;
        while (next < profile.thermal().severity().size()
                && skin.value() >= profile.thermal().severity().get(next)) {
            next++;
        }
        while (next > 0 && skin.value() < profile.thermal().severity().get(next - 1) - HYSTERESIS) {
            next--;
        }
        return next;
    }

    private double cap() {
        return status < 2 ? 1 : Math.max(LOWEST_CAP, 1 - CAP_PER_STATUS * (status - 1));
    }
}
