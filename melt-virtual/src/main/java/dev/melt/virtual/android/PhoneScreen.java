package dev.melt.virtual.android;

import dev.melt.virtual.machine.MachineTree;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a phone is awake: {@code input} wakes it and puts it to sleep, and nobody touching it for as long as the screen's time-out
 * does so too, unless it is to stay awake while it is plugged in. One thread uses it.
 */
final class PhoneScreen {
    private static final String WAKEFULNESS = "/virtual/state/wakefulness";
    private static final String AWAKE = "Awake";
    private static final double BRIGHTEST = 255;
    private static final double USUAL_TIMEOUT_MILLIS = 60_000;
    private static final int USB = 2;

    private final MachineTree tree;
    private Instant keptAwake = Instant.now();

    PhoneScreen(MachineTree tree) {
        this.tree = tree;
    }

    /** As after a boot. */
    void wake() throws IOException {
        keptAwake = Instant.now();
        show(AWAKE);
    }

    /** Brightness from 0, asleep, to 1. */
    double beat(boolean plugged) throws IOException {
        if (!isAwake()) {
            return 0;
        }
        if (staysAwake(plugged)) {
            keptAwake = Instant.now();
        } else if (idle().toMillis() > timeout()) {
            show("Asleep");
            return 0;
        }
        return tree.number("/virtual/state/settings/system", "screen_brightness")
                        .orElse(BRIGHTEST / 2)
                / BRIGHTEST;
    }

    private boolean isAwake() {
        return tree.line(WAKEFULNESS).orElse(AWAKE).equals(AWAKE);
    }

    private boolean staysAwake(boolean plugged) {
        int sources = (int) tree.number("/virtual/state/settings/global", "stay_on_while_plugged_in")
                .orElse(0);
        return plugged && (sources & USB) != 0;
    }

    /** Since it was touched or last had to stay awake. */
    private Duration idle() {
        Optional<Instant> touched = tree.changed(WAKEFULNESS).map(FileTime::toInstant);
        Instant last = touched.filter(keptAwake::isBefore).orElse(keptAwake);
        return Duration.between(last, Instant.now());
    }

    private double timeout() {
        return tree.number("/virtual/state/settings/system", "screen_off_timeout")
                .orElse(USUAL_TIMEOUT_MILLIS);
    }

    private void show(String state) throws IOException {
        tree.replace(WAKEFULNESS, state);
        tree.give(tree.at(WAKEFULNESS));
    }
}
