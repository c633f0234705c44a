package dev.melt.ios.agent;

import dev.melt.core.device.DeviceException.ProtocolViolation;

/** Paths in the folder that host and app share, as {@code docs/reference/app-protocol.md} has them. */
final class AppFolder {
    static final String ROOT = "/Documents/melt";
    static final String APP = ROOT + "/app.json";
    static final String JOB = ROOT + "/job.json";
    static final String STORE = ROOT + "/store";
    static final String TRIALS = ROOT + "/trials";

    /** Of what the app or a person may have put there. */
    static final String PLAIN_NAME = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}";

    private static final String SHA256 = "[0-9a-f]{64}";

    private AppFolder() {}

    static String trial(String id) {
        if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new ProtocolViolation("not the id of a trial: '" + id + "'", null);
        }
        return TRIALS + "/" + id;
    }

    static String stored(String sha256, String name) {
        if (!sha256.matches(SHA256) || !name.matches(PLAIN_NAME)) {
            throw new ProtocolViolation("not a file of the store: " + sha256 + "/" + name, null);
        }
        return STORE + "/" + sha256 + "/" + name;
    }

    /** A stored file as the app sees it from a trial's folder. */
    static String fromTrial(String sha256, String name) {
        return "../../store/" + sha256 + "/" + name;
    }
}
