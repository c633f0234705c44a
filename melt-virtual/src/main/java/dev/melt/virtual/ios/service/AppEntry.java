package dev.melt.virtual.ios.service;

import static dev.melt.virtual.ios.wire.Plists.dict;

import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.device.InstalledApp;
import dev.melt.virtual.ios.device.Iphone;
import dev.melt.virtual.ios.wire.Plists;
import java.util.List;

/** What is told of one installed app. */
record AppEntry(Iphone phone, InstalledApp app) {
    /** Obviously nobody's. */
    static final String TEAM = "FAKETEAM01";

    /** Everything, or the keys that were asked for. */
    NSDictionary limitedTo(List<String> keys) {
        NSDictionary all = all();
        if (keys.isEmpty()) {
            return all;
        }
        NSDictionary some = new NSDictionary();
        for (String key : keys) {
            Plists.value(all, key).ifPresent(value -> some.put(key, value));
        }
        return some;
    }

    /** What an app of a developer is signed for. */
    static NSDictionary entitlements(Iphone phone, String bundleId) {
        NSDictionary all = dict(
                "application-identifier",
                TEAM + "." + bundleId,
                "com.apple.developer.team-identifier",
                TEAM,
                "get-task-allow",
                phone.conditions().taskAllowed());
        if (phone.conditions().entitled()) {
            all.put("com.apple.developer.kernel.increased-memory-limit", true);
        }
        return all;
    }

    private NSDictionary all() {
        NSDictionary all = new NSDictionary();
        all.putAll(app.info());
        all.putAll(dict(
                "ApplicationType",
                app.user() ? "User" : "System",
                "Container",
                app.containerPath(),
                "EnvironmentVariables",
                dict("CFFIXED_USER_HOME", app.containerPath(), "HOME", app.containerPath()),
                "IsUpgradeable",
                app.user(),
                "Path",
                app.path(),
                "SequenceNumber",
                1));
        if (app.user()) {
            all.putAll(dict(
                    "Entitlements",
                    entitlements(phone, app.bundleId()),
                    "ProfileValidated",
                    !phone.conditions().expired(),
                    "SignerIdentity",
                    "Apple Development: Nobody (" + TEAM + ")"));
        }
        return all;
    }
}
