package dev.melt.virtual.board;

import dev.melt.virtual.machine.MachineTree;
import java.io.IOException;
import java.util.List;

/** A fan that follows the temperature, unless {@code jetson_clocks --fan} holds it. One thread uses it. */
record BoardFan(List<String> files, MachineTree tree) {
    private static final int MOST = 255;
    private static final int LEAST = 40;
    private static final double FROM = 45;
    private static final double TO = 90;
    private static final String HELD = "/virtual/state/fan";

    /** As after a boot. */
    void forget() throws IOException {
        tree.taken(HELD);
    }

    /** Shows how fast it turns at a temperature; returns that as a share, which is 0 where there is no fan. */
    double turn(double degrees) throws IOException {
        if (files.isEmpty()) {
            return 0;
        }
        double share = Math.max(0, Math.min(1, (degrees - FROM) / (TO - FROM)));
        int pwm = tree.line(HELD).isPresent() ? MOST : (int) Math.round(LEAST + share * (MOST - LEAST));
        for (String file : files) {
            tree.replace(file, Integer.toString(pwm));
        }
        return (double) pwm / MOST;
    }
}
