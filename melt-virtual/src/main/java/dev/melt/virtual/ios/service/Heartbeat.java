package dev.melt.virtual.ios.service;

import static dev.melt.virtual.ios.wire.Plists.dict;

import dev.melt.virtual.ios.wire.PlistWire;
import dev.melt.virtual.ios.wire.Wire;
import java.io.IOException;

/** Asks whether the host is there, each time that it has said so. */
record Heartbeat(Wire wire) {
    private static final int INTERVAL_SECONDS = 10;

    void run() throws IOException {
        PlistWire messages = new PlistWire(wire);
        do {
            messages.write(dict("Command", "Marco", "Interval", INTERVAL_SECONDS));
        } while (messages.read().isPresent() && pause());
    }

    private static boolean pause() {
        try {
            Thread.sleep(INTERVAL_SECONDS * 1000L);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
