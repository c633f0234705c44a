package dev.melt.virtual.ios.service;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.melt.virtual.ios.wire.Wire;
import java.io.IOException;

/** Says that the reports are where the host can fetch them: here they always are. */
record CrashMover(Wire wire) {
    void run() throws IOException {
        wire.out().write("ping".getBytes(US_ASCII));
        while (wire.in().read() >= 0) {
            // a host says nothing here until it hangs up
        }
    }
}
