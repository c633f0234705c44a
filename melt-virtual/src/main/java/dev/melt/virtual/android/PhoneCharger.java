package dev.melt.virtual.android;

import dev.melt.virtual.machine.MachineTree;
import java.io.IOException;

/** The file that stops a phone from being charged, and what follows from what stands there. One thread uses it. */
record PhoneCharger(PhoneProfile profile, MachineTree tree) {
    private static final int FULL = 100;

    /** What was written there has an effect; what the kernel takes no notice of is put back. */
    PhoneState.Charging read(double level) throws IOException {
        PhoneProfile.Charger charger = profile.charger();
        String found = tree.line(charger.path()).orElse(charger.normal()).strip();
        if (charger.effect() == PhoneProfile.Effect.LEVEL) {
            return atLevel(found, (int) Math.round(level * FULL));
        }
        if (!found.matches("[01]")) {
            tree.replace(charger.path(), charger.normal());
            return PhoneState.Charging.NORMAL;
        }
        if (found.equals(charger.normal())) {
            return PhoneState.Charging.NORMAL;
        }
        return charger.effect() == PhoneProfile.Effect.SUSPEND
                ? PhoneState.Charging.SUSPENDED
                : PhoneState.Charging.IDLE;
    }

    /** Google's driver takes levels of 1 to 100 and leaves others without a word. */
    private PhoneState.Charging atLevel(String found, int percent) throws IOException {
        int stop = found.matches("[0-9]{1,3}") ? Integer.parseInt(found) : 0;
        if (stop < 1 || stop > FULL) {
            tree.replace(profile.charger().path(), profile.charger().normal());
            return PhoneState.Charging.NORMAL;
        }
        if (stop == FULL || percent < stop) {
            return PhoneState.Charging.NORMAL;
        }
        return percent == stop ? PhoneState.Charging.IDLE : PhoneState.Charging.SUSPENDED;
    }

    /** As after a boot. */
    void reset() throws IOException {
        tree.replace(profile.charger().path(), profile.charger().normal());
    }
}
