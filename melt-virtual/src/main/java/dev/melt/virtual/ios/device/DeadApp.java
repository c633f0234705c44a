package dev.melt.virtual.ios.device;

import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.app.PhoneApp;
import dev.melt.virtual.ios.wire.Plists;
import java.io.IOException;

/** An app that comes with iOS: it is there and does nothing. Immutable. */
record DeadApp(NSDictionary info) implements PhoneApp {
    /** One of that name that comes with iOS. */
    static DeadApp system(String bundleId, String name) {
        return new DeadApp(Plists.dict(
                "CFBundleDisplayName",
                name,
                "CFBundleExecutable",
                name,
                "CFBundleIdentifier",
                bundleId,
                "CFBundleVersion",
                "1"));
    }

    @Override
    public String bundleId() {
        return Plists.text(info, "CFBundleIdentifier").orElse("unknown");
    }

    @Override
    public Running launch(Launch launch) throws IOException {
        throw new IOException(bundleId() + " was not built for this machine");
    }
}
